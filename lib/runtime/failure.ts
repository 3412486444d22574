/** Turns whatever was thrown into something a person can act on. */
import type { Failure } from './experiment';
import { inWords } from './issues';

export class PlaygroundError extends Error implements Failure {
  override readonly name: string = 'PlaygroundError';
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** True where the backend is at fault, and another may do better. */
export function blamesBackend({ code }: Failure): boolean {
  return code === 'device-lost' || code === 'gpu-error';
}

/** What is said of a device that is gone. @param reason the browser's words, if it has any */
export function deviceLost(reason = ''): Failure {
  return {
    code: 'device-lost',
    message: `The graphics device was lost${reason ? ` (${reason})` : ''}: the driver restarted, or the browser took it away.`,
    remedy: 'Restart on the next backend. What you set and what was recorded stays.',
  };
}

const LOST_DEVICE = /device (is |was )?lost|context lost|lost context|webgl context/i;
const OUT_OF_MEMORY = /out of memory|allocation failed|Array buffer allocation|OOM/i;

/** Errors of our own carry `code` and `remedy`; of the others the commonest causes are recognised by their words. */
export function toFailure(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && 'code' in error && 'remedy' in error)
    return { code: String(error.code), message, remedy: String(error.remedy) };
  if (LOST_DEVICE.test(message)) return deviceLost();
  if (OUT_OF_MEMORY.test(message))
    return {
      code: 'out-of-memory',
      message: `The browser ran out of memory (${message}).`,
      remedy: 'Close other tabs, or choose a smaller size or lot, and run again.',
    };
  if (error instanceof Error && 'issues' in error && Array.isArray(error.issues))
    return {
      code: 'parameter-out-of-range',
      message: `A setting is not as it should be. ${inWords(error.issues)}.`,
      remedy: 'Reset the cell to its defaults and try again.',
    };
  if (error instanceof TypeError && /fetch|network|load failed/i.test(message))
    return {
      code: 'file-unreachable',
      message: 'A file of this site could not be loaded.',
      remedy: 'Check the connection, then run again.',
    };
  return {
    code: 'unexpected',
    message: message || 'Something unforeseen happened.',
    remedy: 'Run again. If it happens again, reset the cell, or choose another backend in the info panel.',
  };
}
