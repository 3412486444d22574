/**
 * Chooses the tensor backend of a worker: WebGPU, WebGL, WebAssembly, plain JavaScript; the first that starts, really
 * is what tfjs then uses, and passes a numeric self-test.
 *
 * A software adapter (SwiftShader, llvmpipe) is real WebGPU, but slower than WebAssembly on the same processor. It is
 * taken only when the learner asks for it by name, or when nothing but plain JavaScript is left.
 */
import * as tf from '@tensorflow/tfjs-core';
import { assetUrl } from './assets';
import { type ActiveBackend, BACKEND_LABELS, type BackendName, type BackendPreference } from './backend';
import { BackendRefused, type Started, type StartOptions } from './backends/candidate';
import { runSelfTest, SELF_TEST_TOLERANCE } from './backends/self-test';
import type { Failure } from './experiment';
import { deviceLost, PlaygroundError } from './failure';

/** Trouble of the backend in use, kept until somebody listens. */
let trouble: Failure | null = null;
let tell: ((failure: Failure) => void) | null = null;
/** Whether the device of the backend in use still computes. */
let deviceAnswers: () => Promise<boolean> = async () => true;

/** Calls back once when the backend in use loses its device, or computes something that it could not. */
export function watchDevice(lost: (failure: Failure) => void): void {
  tell = lost;
  if (trouble) lost(trouble);
}

/** Asks the device of the backend in use, whose loss may not have been told yet. Null if it lives, or there is none. */
export async function askDevice(): Promise<Failure | null> {
  if (trouble === null && (await deviceAnswers())) return null;
  return trouble ?? deviceLost();
}

/** Each starter is a file of its own, fetched only when its turn comes. */
const STARTERS: Record<BackendName, (options: StartOptions) => Promise<Started>> = {
  webgpu: async (options) => (await import('./backends/webgpu')).startWebGpu(options),
  webgl: async (options) => (await import('./backends/webgl')).startWebGl(options),
  wasm: async (options) => (await import('./backends/wasm')).startWasm(options),
  cpu: async () => (await import('./backends/cpu')).startCpu(),
};

/** A driver that hangs must not keep a page waiting: the next backend gets its turn. */
const GPU_PATIENCE_MS = 30_000;

async function inTime<T>(name: BackendName, work: Promise<T>): Promise<T> {
  if (name === 'wasm' || name === 'cpu') return work;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, refuse) => {
    const reason = `it did not answer within ${GPU_PATIENCE_MS / 1000} seconds`;
    timer = setTimeout(() => refuse(new BackendRefused(reason)), GPU_PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

type Attempt = { name: BackendName; acceptSoftware: boolean };

/** The order of attempts: what was asked for, then hardware, WebAssembly, software adapters, plain JavaScript. */
export function attempts(preference: BackendPreference, skip: readonly BackendName[] = []): Attempt[] {
  const asked: Attempt[] = preference === 'auto' ? [] : [{ name: preference, acceptSoftware: true }];
  const usual: Attempt[] = [
    { name: 'webgpu', acceptSoftware: false },
    { name: 'webgl', acceptSoftware: false },
    { name: 'wasm', acceptSoftware: true },
    { name: 'webgpu', acceptSoftware: true },
    { name: 'webgl', acceptSoftware: true },
    { name: 'cpu', acceptSoftware: true },
  ];
  return [...asked, ...usual.filter(({ name }) => name !== preference)].filter(
    ({ name }) => !skip.includes(name),
  );
}

/**
 * Starts a backend and proves it. The ones passed over are named with their reasons.
 * @param skip backends not to be used again on this page, because they failed during a run
 * @throws PlaygroundError `no-backend` if none is left
 */
export async function chooseBackend(
  preference: BackendPreference,
  skip: readonly BackendName[] = [],
): Promise<ActiveBackend> {
  const refused: ActiveBackend['refused'] = skip.map((name) => ({
    name,
    reason: 'it failed earlier on this page',
  }));
  const wasmFolder = assetUrl('wasm/');

  for (const { name, acceptSoftware } of attempts(preference, skip)) {
    let early: Failure | null = null;
    let inUse = false;
    const onTrouble = (failure: Failure) => {
      early ??= failure;
      if (!inUse || trouble) return;
      trouble = failure;
      tell?.(failure);
    };
    const refuse = (reason: string) => {
      const earlier = refused.find((entry) => entry.name === name);
      if (earlier) earlier.reason = reason;
      else refused.push({ name, reason });
    };
    try {
      const { answers, ...started } = await inTime(
        name,
        STARTERS[name]({ wasmFolder, acceptSoftware, onTrouble }),
      );
      // tfjs falls back to another backend in silence: ask what it really uses.
      if (tf.getBackend() !== name) {
        refuse(`${BACKEND_LABELS[name]} gave way to ${tf.getBackend()}`);
        continue;
      }
      const { error, worstCase } = await inTime(name, runSelfTest());
      if (error > SELF_TEST_TOLERANCE) {
        refuse(`it computed ${worstCase} wrongly (off by ${error.toPrecision(2)})`);
        continue;
      }
      if (early) {
        refuse((early as Failure).message);
        continue;
      }
      inUse = true;
      if (answers) deviceAnswers = answers;
      return {
        name,
        ...started,
        selfTestError: error,
        // A backend put off and then taken after all was not passed over.
        refused: refused.filter((entry) => entry.name !== name),
      };
    } catch (error) {
      refuse(
        error instanceof Error ? error.message : String((error as { message?: unknown })?.message ?? error),
      );
    }
  }
  throw new PlaygroundError(
    'no-backend',
    `No backend could be used: ${refused.map(({ name, reason }) => `${BACKEND_LABELS[name]}: ${reason}`).join('; ')}.`,
    'Reload the page. If that does not help, try a current version of Chrome, Edge, Firefox or Safari.',
  );
}
