/**
 * The detector of a page: the embedded one, one from the list of weights, or a file of the learner's own.
 * One store for all cells, in memory alone; downloaded weights are kept in the browser's own storage (`WeightStore`).
 */
import {
  downloadWeights,
  fetchWeights,
  type WeightContext,
  type WeightOrigin,
  WeightStore,
  weightsAtHand,
} from '@/lib/detection/weights';
import { WEIGHT_SOURCES, type WeightSource } from '@/lib/detection/weights/sources';
import { assetUrl, type Failure, toFailure } from '@/lib/runtime';
import type { CheckpointFacts } from '@/lib/vision/read-checkpoint';
import { inspectCheckpoint } from './inspect-checkpoint';
import { leaveScene, showScene } from './scene-picture';

export interface LoadedCheckpoint {
  /** Names these bytes, for the worker that is sent them once. */
  key: string;
  /** For a person: `yolo26n.pt`. */
  file: string;
  bytes: Uint8Array;
  facts: CheckpointFacts;
  origin: WeightOrigin | 'file' | 'address';
  /** In the browser's storage, so that it is here next time. */
  kept: boolean;
}

export interface DetectorWork {
  /** `looking` asks only this browser and this site. */
  kind: 'looking' | 'downloading' | 'reading' | 'composing';
  /** What is worked on, for a person. */
  file: string;
  loaded: number;
  /** Bytes in all, or null if not known. */
  total: number | null;
}

export interface DetectorState {
  /** A file or address that the learner gave: comes before the list. */
  own: LoadedCheckpoint | null;
  /** From the list, by id, once they are here. */
  listed: Readonly<Record<string, LoadedCheckpoint>>;
  /** Asked for and not at hand: what the learner is to be asked about. */
  offer: { source: WeightSource /** Bytes that are here from before. */; received: number } | null;
  work: DetectorWork | null;
  problem: Failure | null;
}

export const NO_DETECTOR: DetectorState = { own: null, listed: {}, offer: null, work: null, problem: null };

/** Longest checkpoint that is taken; the largest published one has 120 MB. */
const MAX_BYTES = 512 * 2 ** 20;
/** Milliseconds between two reports of progress: each redraws the cells. */
const PACE = 120;

let state: DetectorState = NO_DETECTOR;
let work: AbortController | null = null;
let store: Promise<WeightStore | null> | null = null;
const listeners = new Set<() => void>();

export const detectorState = () => state;

export function onDetectorState(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function show(change: Partial<DetectorState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

function storage(): Promise<WeightStore | null> {
  // Some private windows allow none: then nothing is kept, and all else works.
  store ??= WeightStore.open().catch(() => null);
  return store;
}

/** One thing at a time: what was being done before is cancelled. */
async function begin(
  first: DetectorWork,
  act: (signal: AbortSignal, progress: (loaded: number, total: number) => void) => Promise<void>,
): Promise<void> {
  work?.abort();
  const control = new AbortController();
  work = control;
  show({ work: first, problem: null });
  let told = 0;
  const progress = (loaded: number, total: number) => {
    const now = performance.now();
    if (control.signal.aborted || (now - told < PACE && loaded < total)) return;
    told = now;
    show({ work: { ...first, loaded, total } });
  };
  try {
    await act(control.signal, progress);
  } catch (error) {
    if (!control.signal.aborted) show({ problem: isFailure(error) ? error : toFailure(error) });
  } finally {
    if (work === control) {
      work = null;
      show({ work: null });
    }
  }
}

const isFailure = (error: unknown): error is Failure =>
  typeof error === 'object' && error !== null && !(error instanceof Error) && 'remedy' in error;

async function context(
  signal: AbortSignal,
  progress: (loaded: number, total: number) => void,
): Promise<WeightContext> {
  return { fetch: (url, init) => fetch(url, init), assetUrl, store: await storage(), signal, progress };
}

async function load(
  { file, bytes, origin, kept }: Pick<LoadedCheckpoint, 'file' | 'bytes' | 'origin' | 'kept'>,
  signal: AbortSignal,
): Promise<LoadedCheckpoint> {
  show({ work: { kind: 'reading', file, loaded: 0, total: null } });
  const facts = await inspectCheckpoint(bytes, signal);
  signal.throwIfAborted();
  return { key: `weights:${facts.sha256}`, file, bytes, facts, origin, kept };
}

const listing = (source: WeightSource, loaded: LoadedCheckpoint): Partial<DetectorState> => ({
  listed: { ...state.listed, [source.id]: loaded },
  offer: null,
});

/** Weights of the list from this browser or this site, without asking anybody; an offer to download them else. */
export function wantListed(id: string): Promise<void> {
  const source = WEIGHT_SOURCES.find((one) => one.id === id);
  if (!source || state.listed[id] || state.work?.file === source.file) return Promise.resolve();
  const { file } = source;
  return begin({ kind: 'looking', file, loaded: 0, total: source.bytes }, async (signal, progress) => {
    const found = await weightsAtHand(source, await context(signal, progress));
    signal.throwIfAborted();
    if (found) return show(listing(source, await load({ file, ...found }, signal)));
    const stored = await (await storage())?.find(source.sha256).catch(() => undefined);
    signal.throwIfAborted();
    show({ offer: { source, received: stored?.received ?? 0 } });
  });
}

/** After the learner agreed: fetches the weights from their publisher, from where an earlier download ended. */
export function downloadListed(source: WeightSource): Promise<void> {
  const { file } = source;
  return begin({ kind: 'downloading', file, loaded: 0, total: source.bytes }, async (signal, progress) => {
    try {
      const found = await downloadWeights(source, await context(signal, progress));
      signal.throwIfAborted();
      show(listing(source, await load({ file, ...found }, signal)));
    } catch (error) {
      const stored = await (await storage())?.find(source.sha256).catch(() => undefined);
      if (state.offer) show({ offer: { source, received: stored?.received ?? 0 } });
      throw error;
    }
  });
}

/** Takes the weights, whole or in part, out of the browser's storage and out of use. */
export async function removeListed(source: WeightSource): Promise<void> {
  work?.abort();
  await (await storage())?.remove(source.sha256).catch(() => undefined);
  const { [source.id]: _, ...listed } = state.listed;
  show({ listed, offer: { source, received: 0 }, problem: null });
}

export function openCheckpoint(file: File): Promise<void> {
  return begin({ kind: 'reading', file: file.name, loaded: 0, total: null }, async (signal) => {
    if (file.size > MAX_BYTES) throw tooLarge(file.name, file.size);
    const bytes = new Uint8Array(await file.arrayBuffer());
    await showOwn({ file: file.name, bytes, origin: 'file', kept: false }, signal);
  });
}

/** A detector that was trained on scenes gets one to look at: on photos it has nothing to find. */
async function showOwn(given: Parameters<typeof load>[0], signal: AbortSignal): Promise<void> {
  const own = await load(given, signal);
  show({ own, offer: null });
  if (own.facts.family !== 'scene') return leaveScene();
  await composeScene(signal);
}

async function composeScene(signal: AbortSignal): Promise<void> {
  show({ work: { kind: 'composing', file: 'a scene of digits', loaded: 0, total: null } });
  await showScene(signal);
}

/** Another scene for a detector of scenes. */
export const anotherScene = (): Promise<void> =>
  begin({ kind: 'composing', file: 'a scene of digits', loaded: 0, total: null }, composeScene);

/** @param written an address of this site, or of one that allows pages to read it (CORS) */
export function openAddress(written: string): Promise<void> {
  const url = readAddress(written);
  const file = url?.pathname.split('/').pop() || written.trim();
  return begin({ kind: 'downloading', file, loaded: 0, total: null }, async (signal, progress) => {
    if (!url)
      throw {
        code: 'address-unreadable',
        message: `“${written.trim()}” is not the address of a file.`,
        remedy: 'Give a whole address that begins with https://, or one of this site that begins with /.',
      } satisfies Failure;
    const bytes = await fetchWeights(url.href, await context(signal, progress), MAX_BYTES);
    await showOwn({ file, bytes, origin: 'address', kept: false }, signal);
  });
}

function readAddress(written: string): URL | null {
  const text = written.trim();
  // A bare word would be taken for a page beside this one, and its "not found" page for the file.
  if (!/^(https?:\/\/|\/)/i.test(text)) return null;
  try {
    const url = new URL(text, location.href);
    return ['http:', 'https:'].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

export function cancelDetectorWork(): void {
  work?.abort();
}

/** Puts a file of one's own aside. */
export function forgetOwnCheckpoint(): void {
  if (!state.own) return;
  show({ own: null });
  leaveScene();
}

export function dismissDetectorProblem(): void {
  show({ problem: null });
}

export function withdrawOffer(): void {
  if (state.offer) show({ offer: null });
}

const tooLarge = (name: string, bytes: number): Failure => ({
  code: 'checkpoint-too-large',
  message: `“${name}” has ${Math.round(bytes / 1e6)} MB.`,
  remedy: `Choose a checkpoint of at most ${Math.round(MAX_BYTES / 1e6)} MB; a network of that size would not run in a browser.`,
});
