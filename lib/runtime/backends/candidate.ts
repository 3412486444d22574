/** What each of the four starters hands to `chooseBackend`. */
import type { Failure } from '../experiment';
import type { Adapter } from './adapter';

/** A backend that has started, not yet trusted: its self-test comes next. */
export interface Started {
  adapter: string | null;
  softwareGpu: boolean;
  /** Whether its device still computes; absent where there is no device to lose. */
  answers?(): Promise<boolean>;
}

export interface StartOptions {
  /** Where the WASM binaries are served from, with a slash at the end. */
  wasmFolder: string;
  /** False: refuse an adapter that is a program playing a graphics card. */
  acceptSoftware: boolean;
  /** Called once, when the device is lost or reports an error that nobody awaited. */
  onTrouble(failure: Failure): void;
}

/** Why a backend was passed over, in words for the info panel. */
export class BackendRefused extends Error {
  override readonly name = 'BackendRefused';
}

/** @throws BackendRefused for a software adapter where a real one is wanted */
export function checkAdapter({ description, software }: Adapter, acceptSoftware: boolean): Started {
  if (software && !acceptSoftware)
    throw new BackendRefused(`its GPU is software (${description}), slower than WebAssembly`);
  return { adapter: description, softwareGpu: software };
}
