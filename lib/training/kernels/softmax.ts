/**
 * The fused step of softmax regression: one pass over the drawn rows, in WebAssembly, whatever backend computes the rest. What it
 * does and why it is right stands in `softmax-source.ts`; here its memory is laid out, and calls are added up in double.
 */
import { moduleBytes } from '@/lib/kernels/bytes';
import { allocateByteRows, allocateRows, type Residence, residenceOf } from '@/lib/kernels/resident-rows';
import type { Dataset } from '../dataset';
import type { Evaluation } from '../evaluation';
import type { Learner, LotKernel, LotSum } from './lot-kernel';
import { BYTES } from './softmax-binary';
import { CLASSES, FACTS_BYTES, GROUP_BYTES, MODEL, OUT, ROWS_AT_ONCE } from './softmax-layout';

interface Exports {
  place(...globals: number[]): void;
  step(lot: number, count: number, one: number, ...learners: number[]): void;
  judge(lot: number, count: number, ...models: number[]): void;
}

const RULES = { none: 0, flat: 1, 'per-layer': 1, automatic: 2 } as const;
/** No second learner. */
const NOBODY = [0, 0, 0, 0, 0];
/** Of a class that the model does not have: e to this power is nothing, and it is a number still. */
const NEVER = -1e30;

/** One of the two models that can learn at once: where its numbers lie. */
interface Slot {
  at: number;
  /** Weights and sums, group by group. */
  weights: Float32Array;
  sums: Float32Array;
  intercepts: Float32Array;
  slopeSums: Float32Array;
  sumsAt: number;
  outAt: number;
  norms: Float32Array;
  guesses: Int32Array;
  totals: Float32Array;
  own: Float32Array;
}

let compiled: Promise<WebAssembly.Module> | null = null;
const kernels = new WeakMap<Dataset, Promise<FusedSoftmax>>();
/** The memories whose room beside the rows is in use. The same rows with other labels need a memory of their own. */
const taken = new WeakSet<WebAssembly.Memory>();

export class FusedSoftmax implements LotKernel {
  readonly backend = { name: 'wasm', adapter: 'a kernel of our own, 1 thread' } as const;
  private readonly lotAt: number;
  private readonly lot: Int32Array;
  private readonly slots: readonly [Slot, Slot];
  /** Whose weights lie in the slots. */
  private holder: unknown = null;

  private constructor(
    private readonly wasm: Exports,
    private readonly dataset: Dataset,
    residence: Residence,
  ) {
    const { memory, workAt, workBytes } = residence;
    const { size, width } = dataset;
    // An even number: the loops take two at a time.
    const groups = 2 * Math.ceil(width / 8);
    let at = workAt;
    const take = (bytes: number) => {
      const start = at;
      at += Math.ceil(bytes / 16) * 16;
      return start;
    };
    const floats = (start: number, length: number) => new Float32Array(memory.buffer, start, length);

    const { narrow } = dataset;
    const scalesAt = narrow ? take(size * 8) : 0;
    const squaresAt = take(size * 4);
    const labelsAt = take(size);
    const scratchAt = take(groups * 64);
    const factsAt = take(FACTS_BYTES);
    this.lotAt = take(ROWS_AT_ONCE * 4);
    this.lot = new Int32Array(memory.buffer, this.lotAt, ROWS_AT_ONCE);
    const slot = (): Slot => {
      const bytes = groups * GROUP_BYTES;
      const start = take(bytes + MODEL.bytes);
      const sumsAt = take(bytes);
      const outAt = take(OUT.bytes);
      return {
        at: start,
        weights: floats(start, bytes / 4),
        intercepts: floats(start + bytes + MODEL.intercepts, CLASSES),
        slopeSums: floats(start + bytes + MODEL.slopeSums, CLASSES * 4),
        sums: floats(sumsAt, bytes / 4),
        sumsAt,
        outAt,
        norms: floats(outAt + OUT.norm, ROWS_AT_ONCE),
        guesses: new Int32Array(memory.buffer, outAt + OUT.guess, ROWS_AT_ONCE),
        totals: floats(outAt + OUT.total, ROWS_AT_ONCE),
        own: floats(outAt + OUT.own, ROWS_AT_ONCE),
      };
    };
    this.slots = [slot(), slot()];
    if (at > workAt + workBytes) throw new RangeError('the rows were made without room for the kernel');

    floats(squaresAt, size).set(dataset.squaredNorms);
    new Uint8Array(memory.buffer, labelsAt, size).set(dataset.labels);
    if (narrow) floats(scalesAt, 2 * size).set(narrow.scales);
    const rowBytes = width * (narrow ? 1 : 4);
    this.wasm.place(0, rowBytes, width, scalesAt, squaresAt, labelsAt, scratchAt, groups * 64, factsAt);
  }

  /**
   * The kernel of a data set, made once. Rows that do not lie in WebAssembly memory yet are copied there.
   * @throws where WebAssembly has no SIMD, or memory is short
   */
  static of(dataset: Dataset): Promise<FusedSoftmax> {
    let made = kernels.get(dataset);
    if (!made) {
      made = FusedSoftmax.create(dataset);
      kernels.set(dataset, made);
      made.catch(() => kernels.delete(dataset));
    }
    return made;
  }

  private static async create(dataset: Dataset): Promise<FusedSoftmax> {
    compiled ??= WebAssembly.compile(moduleBytes(BYTES));
    const module = await compiled;
    const { features, narrow, size, width } = dataset;
    let residence = residenceOf(narrow?.codes ?? features);
    if (!residence || taken.has(residence.memory)) {
      const rows = narrow ? allocateByteRows(size, width) : allocateRows(size, width);
      rows.set(narrow?.codes ?? features);
      residence = residenceOf(rows)!;
    }
    taken.add(residence.memory);
    const { exports } = await WebAssembly.instantiate(module, { rows: { memory: residence.memory } });
    return new FusedSoftmax(exports as unknown as Exports, dataset, residence);
  }

  /** As `LotKernel`, for one learner or two. @param learners weights width × classes, and intercepts where there are some */
  async sumLot(
    learners: readonly Learner[],
    lot: Int32Array,
    breathe: () => Promise<void>,
  ): Promise<LotSum[]> {
    const used = learners.map((learner, i) => {
      const slot = this.slots[i]!;
      const sums = { columns: new Float64Array(slot.sums.length), slopes: new Float64Array(CLASSES * 4) };
      return { ...learner, slot, sums, norms: new Float32Array(learner.clipping ? lot.length : 0), loss: 0 };
    });
    const settings = used.flatMap(({ slot, clipping }) => [
      slot.at,
      slot.sumsAt,
      RULES[clipping?.rule ?? 'none'],
      clipping?.maxGradNorm ?? 0,
      slot.outAt,
    ]);
    const one = learners[0]!.weights.length > 1 ? 1 : 0;
    for (let start = 0; start < lot.length; start += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, lot.length - start);
      // During a breath others may have used the kernel's memory.
      if (this.holder !== used) for (const { slot, weights } of used) this.upload(slot, weights);
      this.holder = used;
      for (const { slot } of used) {
        slot.sums.fill(0);
        slot.slopeSums.fill(0);
      }
      this.lot.set(lot.subarray(start, start + count));
      this.wasm.step(this.lotAt, count, one, ...settings, ...(used.length < 2 ? NOBODY : []));
      for (const learner of used) {
        const { slot, sums, norms, clipping } = learner;
        addTo(sums.columns, slot.sums);
        addTo(sums.slopes, slot.slopeSums);
        learner.loss += lossOf(slot, count);
        if (clipping) norms.set(slot.norms.subarray(0, count), start);
      }
      await breathe();
    }
    return used.map(({ weights, sums, norms, loss }) => ({ sums: this.arrange(sums, weights), norms, loss }));
  }

  /**
   * How well models do on all rows.
   * @param models of each its weights, width × classes, and intercepts where there are some
   * @param size how many of the rows
   */
  evaluate(models: readonly (readonly Float64Array[])[], size = this.dataset.size): Evaluation[] {
    const { labels } = this.dataset;
    const used = models.map((weights, i) => ({
      weights,
      slot: this.slots[i]!,
      guesses: new Uint8Array(size),
      loss: 0,
    }));
    this.holder = null;
    for (const { slot, weights } of used) this.upload(slot, weights);
    const places = used.flatMap(({ slot }) => [slot.at, slot.outAt]);
    for (let start = 0; start < size; start += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, size - start);
      for (let i = 0; i < count; i++) this.lot[i] = start + i;
      this.wasm.judge(this.lotAt, count, ...places, ...(used.length < 2 ? [0, 0] : []));
      for (const one of used) {
        one.guesses.set(one.slot.guesses.subarray(0, count), start);
        one.loss += lossOf(one.slot, count);
      }
    }
    return used.map(({ guesses, loss }) => {
      let right = 0;
      for (let i = 0; i < size; i++) if (guesses[i] === labels[i]) right++;
      return { accuracy: right / size, loss: loss / size, guesses };
    });
  }

  private upload(slot: Slot, [matrix, intercepts]: readonly Float64Array[]): void {
    const { width, classes } = this.dataset;
    for (let j = 0; j < width; j++) {
      const at = placeOf(j);
      for (let c = 0; c < classes; c++) slot.weights[at + 4 * c] = matrix![j * classes + c]!;
    }
    for (let c = 0; c < CLASSES; c++) slot.intercepts[c] = c < classes ? (intercepts?.[c] ?? 0) : NEVER;
  }

  /** From the kernel's order to that of the parameters. */
  private arrange(
    { columns, slopes }: { columns: Float64Array; slopes: Float64Array },
    like: readonly Float64Array[],
  ) {
    const { width, classes } = this.dataset;
    const matrix = new Float64Array(width * classes);
    for (let j = 0; j < width; j++) {
      const at = placeOf(j);
      for (let c = 0; c < classes; c++) matrix[j * classes + c] = columns[at + 4 * c]!;
    }
    if (like.length === 1) return [matrix];
    const intercepts = Float64Array.from({ length: classes }, (_, c) =>
      slopes.subarray(4 * c, 4 * c + 4).reduce((sum, part) => sum + part, 0),
    );
    return [matrix, intercepts];
  }
}

/** Of class 0 in column j; the other classes follow at distances of four. */
const placeOf = (j: number) => (j >> 2) * CLASSES * 4 + (j & 3);

function addTo(total: Float64Array, part: Float32Array): void {
  for (let i = 0; i < total.length; i++) total[i] = total[i]! + part[i]!;
}

/** −ln p = ln Σ e^(z − max z) − (z − max z) of the true class, summed over rows. */
function lossOf({ totals, own }: Slot, count: number): number {
  let loss = 0;
  for (let i = 0; i < count; i++) loss += Math.log(totals[i]!) - own[i]!;
  return loss;
}

const REHEARSED_LOTS = 8;

/**
 * A few steps whose sums nobody sees. A browser compiles WebAssembly in a hurry first, and well only what has run for a
 * while: several times as fast, from the first step that counts.
 * @returns milliseconds that one row took both models in the fastest of them
 */
export async function rehearse(dataset: Dataset, breathe: () => Promise<void>): Promise<number> {
  const kernel = await FusedSoftmax.of(dataset);
  const { size, width, classes } = dataset;
  const lot = Int32Array.from({ length: Math.min(size, ROWS_AT_ONCE) }, (_, i) => i);
  const weights = [new Float64Array(width * classes), new Float64Array(classes)];
  const clipping = { rule: 'flat', maxGradNorm: 1 } as const;
  let fastest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < REHEARSED_LOTS; i++) {
    const begun = performance.now();
    await kernel.sumLot(
      [
        { weights, clipping },
        { weights, clipping: null },
      ],
      lot,
      breathe,
    );
    fastest = Math.min(fastest, performance.now() - begun);
  }
  kernel.evaluate([weights, weights], lot.length);
  return fastest / lot.length;
}
