/**
 * A race of training steps in one page: engines in frames of their own, the same rows, lots and starting weights. First all
 * take one step from the same start, which must agree; then they take turns, round by round.
 */
import type { BackendName } from '@/tests/harness/tf';
import { type Apart, difference, type FirstStep } from '../support/agreement';
import { median } from '../support/ratios';
import type { BenchModelName } from './bench-models';
import type { Engine, Stepper, Task } from './engine';
import { type EngineName, openEngine } from './frames';
import { drawLots, makeTask } from './task';

/** An engine, and whether its steps are private; ours also takes a private and a plain one at once. */
export type Contender = `${EngineName} ${'plain' | 'private'}` | 'ours both';

export interface Question {
  backend: BackendName;
  threads: number;
  model: BenchModelName;
  datasetSize: number;
  lotSize: number;
  rounds: number;
  contenders: readonly Contender[];
  /** Also reads memory: slow, and only in an isolated page. */
  memory?: boolean;
}

export interface Measured {
  contender: Contender;
  /** Milliseconds a step, one entry a round. */
  times: number[];
  /** Tensors more than before, after further steps; null where the engine does not say. */
  leaked: number | null;
  /** GPU dispatches or draws of one step; null where there is no GPU. */
  dispatches: number | null;
  /** How far its first step is from ours; null where it is ours. */
  apart: Apart | null;
  /** Why there are no times. */
  failure?: string;
}

/** Bytes; null where there is no WebGPU. */
export interface EngineMemory {
  engine: EngineName;
  wasm: number;
  gpu: number | null;
}

export interface Answer {
  measured: Measured[];
  /** C of the private steps: the median length of a gradient at the start, so that half of them are clipped. */
  clip: number;
  memory: EngineMemory[];
  /** Bytes of all frames together as the browser counts them, the data set included; null where it does not tell. */
  pageBytes: number | null;
  adapter: string | null;
}

/** The loop over single examples is compared and timed over so many; its time is that of the lot by proportion. */
const ONE_BY_ONE = 16;
/** A measurement takes at least this long, in milliseconds. */
const LONG_ENOUGH = 20;
const LOTS = 16;
/** A browser may wait long for a good moment to count its heap. */
const LATE_MS = 60_000;
const LEARNING_RATE = 0.01;
const NOISE_MULTIPLIER = 1;

const engineOf = (contender: Contender) => contender.split(' ')[0] as EngineName;
const isPrivate = (contender: Contender) => !contender.endsWith('plain');
const firstLine = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]!;

interface Running {
  measured: Measured;
  stepper: Stepper;
  /** Of a lot, so many are stepped over, and the time is scaled. */
  part: number;
  /** Steps of one measurement: enough for the clock to tell. */
  repeats: number;
  steps: number;
}

export async function run(question: Question): Promise<Answer> {
  const { backend, threads, model, datasetSize, lotSize, rounds, contenders } = question;
  const task = makeTask(model, datasetSize);
  const lots = drawLots(datasetSize, lotSize, LOTS);
  const engines = new Map<EngineName, Awaited<ReturnType<typeof openEngine>> | string>();
  for (const name of new Set<EngineName>(['ours', ...contenders.map(engineOf)]))
    engines.set(name, await openEngine(name, task, backend, threads).catch(firstLine));
  const ours = engines.get('ours')!;
  if (typeof ours === 'string') throw new Error(`ours did not start on ${backend}: ${ours}`);
  const clip = median(await ours.norms!(lots[0]!));
  const running: Running[] = [];
  const measured: Measured[] = [];
  for (const contender of contenders) {
    const own: Measured = { contender, times: [], leaked: null, dispatches: null, apart: null };
    measured.push(own);
    const engine = engines.get(engineOf(contender))!;
    try {
      if (typeof engine === 'string') throw new Error(engine);
      console.info(`${contender}: first steps`);
      running.push(await prepare(own, { engine, ours, task, lots, clip }));
    } catch (error) {
      own.failure = firstLine(error);
    }
  }
  for (let round = 0; round < rounds; round++) {
    console.info(`round ${round + 1} of ${rounds}`);
    for (const one of running) {
      const took = await measure(one, lots);
      one.measured.times.push((took / one.repeats) * (lotSize / one.part));
    }
  }
  const memory = [...engines].flatMap(([engine, one]) =>
    typeof one === 'string' ? [] : [{ engine, ...one.memory() }],
  );
  return {
    measured,
    clip,
    memory,
    pageBytes: question.memory ? await bytesOfPage() : null,
    adapter: await adapterName(),
  };
}

interface Course {
  engine: Engine;
  ours: Engine;
  task: Task;
  lots: readonly Int32Array[];
  clip: number;
}

/** Compares a contender with ours, warms it up, and finds how many steps a measurement needs. */
async function prepare(own: Measured, { engine, ours, task, lots, clip }: Course): Promise<Running> {
  const { contender } = own;
  const start = contender === 'ours both' ? engine.startBoth! : engine.start;
  const ownClip = isPrivate(contender) ? clip : null;
  const [first] = lots as [Int32Array];
  const part = contender === 'tfjs private' ? Math.min(ONE_BY_ONE, first.length) : first.length;
  if (start !== ours.start) {
    const lot = first.subarray(0, part);
    const found = await firstStep(start, task, ownClip, lot);
    own.apart = difference(found, await firstStep(ours.start, task, ownClip, lot));
  }
  const settings = { learningRate: LEARNING_RATE, clip: ownClip, noiseMultiplier: NOISE_MULTIPLIER };
  const one: Running = { measured: own, stepper: await start(settings), part, repeats: 1, steps: 0 };
  await measure(one, lots);
  const before = engine.tensors();
  let took = 0;
  own.dispatches = await engine.dispatches(async () => {
    took = await measure(one, lots);
  });
  own.leaked = before === null ? null : engine.tensors()! - before;
  one.repeats = Math.max(1, Math.round(LONG_ENOUGH / took));
  return one;
}

/** What one step over a lot finds, from the start and at a learning rate of 1. */
async function firstStep(
  start: Engine['start'],
  task: Task,
  clip: number | null,
  lot: Int32Array,
): Promise<FirstStep> {
  const stepper = await start({ learningRate: 1, clip, noiseMultiplier: 0 });
  const loss = await stepper.step(lot);
  const after = await stepper.weights();
  stepper.dispose();
  const sums = task.weights.flatMap(({ values }, p) =>
    Array.from(values, (value, i) => lot.length * (value - after[p]![i]!)),
  );
  return { loss, sums };
}

/** @returns milliseconds of all repeats together */
async function measure(one: Running, lots: readonly Int32Array[]): Promise<number> {
  const started = performance.now();
  for (let i = 0; i < one.repeats; i++)
    await one.stepper.step(lots[one.steps++ % lots.length]!.subarray(0, one.part));
  return performance.now() - started;
}

async function adapterName(): Promise<string | null> {
  const adapter = await navigator.gpu?.requestAdapter();
  return adapter ? [adapter.info.vendor, adapter.info.architecture].filter(Boolean).join(' ') : null;
}

/** What the page as a whole holds; the arrays that frames share would be told of any of them. */
async function bytesOfPage(): Promise<number | null> {
  const { measureUserAgentSpecificMemory: measureMemory } = performance as unknown as {
    measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
  };
  if (!measureMemory) return null;
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), LATE_MS));
  return Promise.race([measureMemory.call(performance).then(({ bytes }) => bytes), late]);
}
