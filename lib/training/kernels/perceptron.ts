/**
 * A step of a perceptron, dense layers with tanh between them and softmax at the end, by kernels of our own in WebAssembly. Beside
 * the products themselves next to nothing is left of it: no tensor is made, copied or fetched.
 *
 * For one example with inputs a₀ = x, a₁, … of the layers and slopes δ₁, δ₂, … behind them, the gradient of layer l is the outer
 * product (a, 1) δᵀ, so ‖g‖² = Σ ‖δ‖² (‖a‖² + 1) (Goodfellow 2015, arXiv:1510.01799): every length is known before any gradient
 * is built, and c δ takes the place of δ in the sum Aᵀ (c δ) over all examples (DP-SGD, Abadi et al. 2016, arXiv:1607.00133,
 * algorithm 1). The products and tanh: `perceptron-source.ts`; softmax and lengths, which are few numbers, here and in double.
 */
import { moduleBytes } from '@/lib/kernels/bytes';
import { type Clipping, clipFactor } from '../clipping';
import { type Dataset, readRow } from '../dataset';
import type { Evaluation } from '../evaluation';
import type { Learner, LotKernel, LotSum } from './lot-kernel';
import { BYTES, RELAXED } from './perceptron-binary';
import { SCRATCH_BYTES } from './tiles';

/** Rows at a time: as many as terms of an inner sum, so that sums over rows are in one piece too. */
const ROWS_AT_ONCE = 256;
const PAGE = 65_536;
const NUMBER = 4;

interface Exports {
  multiply(
    a: number,
    aAcross: number,
    aAlong: number,
    b: number,
    bAcross: number,
    bAlong: number,
    out: number,
    rows: number,
    inner: number,
    columns: number,
    scratch: number,
    add: 0 | 1,
  ): void;
  tanh(at: number, end: number): void;
  tanhSlopes(at: number, end: number, output: number): void;
}

/** Of a dense layer. */
export interface DenseSize {
  inputs: number;
  outputs: number;
  bias: boolean;
}

/** Numbers that lie in the kernel's memory. */
interface Place {
  at: number;
  values: Float32Array;
}

interface LayerPlaces extends DenseSize {
  weights: Place;
  bias: boolean;
  /** Of the rows in work: what comes in, what goes out, and the slopes there. The first layer's input is the rows. */
  input: Place;
  output: Place;
  slopes: Place;
  /** Room for Aᵀ (c δ). */
  sums: Place;
  /** ‖a‖² and ‖δ‖² of each row in work. */
  inputSquares: Float64Array;
  slopeSquares: Float64Array;
}

/** What a lot has added up to so far, of one learner. */
interface Total {
  sums: Float64Array[];
  norms: Float32Array;
  loss: number;
}

/**
 * How a product is added to a sum. `separate`: rounded twice, to the same last digit on every machine. `fused`: by the one instruction
 * that most processors have for both, where the engine lets one ask for it; some last digits are then the machine's own.
 */
export type Products = 'separate' | 'fused';

const compiled = new Map<Products, Promise<WebAssembly.Module>>();

function moduleFor(products: Products): Promise<WebAssembly.Module> {
  let module = compiled.get(products);
  if (!module) {
    const separate = () => WebAssembly.compile(moduleBytes(BYTES));
    module = products === 'separate' ? separate() : WebAssembly.compile(moduleBytes(RELAXED)).catch(separate);
    compiled.set(products, module);
  }
  return module;
}

const kernels = new WeakMap<Dataset, Map<string, Promise<Perceptron>>>();

export class Perceptron implements LotKernel {
  readonly backend = { name: 'wasm', adapter: 'a kernel of our own, 1 thread' } as const;
  private readonly layers: LayerPlaces[] = [];
  private readonly rows: Place;
  private readonly scratch: number;

  private constructor(
    private readonly wasm: Exports,
    memory: WebAssembly.Memory,
    private readonly dataset: Dataset,
    sizes: readonly DenseSize[],
  ) {
    let at = 0;
    const take = (numbers: number): Place => {
      const place = { at, values: new Float32Array(memory.buffer, at, numbers) };
      at += bytesFor(numbers);
      return place;
    };
    this.rows = take(ROWS_AT_ONCE * dataset.width);
    let input = this.rows;
    for (const size of sizes) {
      const output = take(ROWS_AT_ONCE * size.outputs);
      this.layers.push({
        ...size,
        input,
        output,
        slopes: take(ROWS_AT_ONCE * size.outputs),
        weights: take(size.inputs * size.outputs),
        sums: take(size.inputs * size.outputs),
        inputSquares: new Float64Array(ROWS_AT_ONCE),
        slopeSquares: new Float64Array(ROWS_AT_ONCE),
      });
      input = output;
    }
    this.scratch = at;
  }

  /**
   * The kernel of a data set and a form, made once.
   * @param sizes of the dense layers, in order
   * @throws where WebAssembly has no SIMD, or memory is short
   */
  static of(
    dataset: Dataset,
    sizes: readonly DenseSize[],
    products: Products = 'separate',
  ): Promise<Perceptron> {
    const forms = kernels.get(dataset) ?? new Map<string, Promise<Perceptron>>();
    kernels.set(dataset, forms);
    const form = JSON.stringify([
      products,
      ...sizes.map(({ inputs, outputs, bias }) => [inputs, outputs, bias]),
    ]);
    let made = forms.get(form);
    if (!made) {
      made = Perceptron.create(dataset, sizes, products);
      forms.set(form, made);
      made.catch(() => forms.delete(form));
    }
    return made;
  }

  private static async create(
    dataset: Dataset,
    sizes: readonly DenseSize[],
    products: Products,
  ): Promise<Perceptron> {
    const module = await moduleFor(products);
    const numbers = [
      ROWS_AT_ONCE * dataset.width,
      ...sizes.flatMap(({ inputs, outputs }) => [
        ROWS_AT_ONCE * outputs,
        ROWS_AT_ONCE * outputs,
        inputs * outputs,
        inputs * outputs,
      ]),
    ];
    const bytes = numbers.reduce((sum, count) => sum + bytesFor(count), SCRATCH_BYTES);
    const pages = Math.ceil(bytes / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { exports } = await WebAssembly.instantiate(module, { own: { memory } });
    return new Perceptron(exports as unknown as Exports, memory, dataset, sizes);
  }

  /** As `LotKernel`. @param learners weights of each layer, inputs × outputs, and its intercepts where it has some */
  async sumLot(
    learners: readonly Learner[],
    lot: Int32Array,
    breathe: () => Promise<void>,
  ): Promise<LotSum[]> {
    const totals = learners.map(
      ({ weights, clipping }): Total => ({
        sums: weights.map((w) => new Float64Array(w.length)),
        norms: new Float32Array(clipping ? lot.length : 0),
        loss: 0,
      }),
    );
    for (let start = 0; start < lot.length; start += ROWS_AT_ONCE) {
      const part = lot.subarray(start, start + ROWS_AT_ONCE);
      // During a breath others may have used the memory: nothing in it is taken to have stayed.
      this.gather(part);
      for (const [i, { weights, clipping }] of learners.entries()) {
        const total = totals[i]!;
        this.forward(weights, part.length);
        total.loss += this.softmax(part);
        this.backward(part.length);
        const norms = clipping && this.clip(clipping, part);
        if (norms) total.norms.set(norms, start);
        this.addSums(total.sums, part.length);
      }
      await breathe();
    }
    return totals;
  }

  /**
   * How well models do on all rows.
   * @param models of each its weights, as a learner has them
   * @param breathe called now and then; what it throws ends the work
   */
  async evaluate(
    models: readonly (readonly Float64Array[])[],
    breathe: () => Promise<void> = async () => {},
  ): Promise<Evaluation[]> {
    const { size } = this.dataset;
    const results = models.map(() => ({ right: 0, loss: 0, guesses: new Uint8Array(size) }));
    for (let start = 0; start < size; start += ROWS_AT_ONCE) {
      const part = Int32Array.from({ length: Math.min(ROWS_AT_ONCE, size - start) }, (_, i) => start + i);
      this.gather(part);
      for (const [i, weights] of models.entries()) {
        const result = results[i]!;
        this.forward(weights, part.length);
        result.right += this.guess(part, result.guesses);
        result.loss += this.softmax(part);
      }
      await breathe();
    }
    return results.map(({ right, loss, guesses }) => ({
      accuracy: right / size,
      loss: loss / size,
      guesses,
    }));
  }

  private gather(part: Int32Array): void {
    const { width, squaredNorms } = this.dataset;
    const { values } = this.rows;
    const first = this.layers[0]!;
    for (const [i, row] of part.entries()) {
      readRow(this.dataset, row, values.subarray(i * width, (i + 1) * width));
      first.inputSquares[i] = squaredNorms[row]!;
    }
  }

  /** Outputs of all layers; of the last these are logits. */
  private forward(weights: readonly Float64Array[], rows: number): void {
    let p = 0;
    for (const [l, layer] of this.layers.entries()) {
      layer.weights.values.set(weights[p++]!);
      if (layer.bias) repeat(weights[p++]!, layer.output.values, rows);
      this.wasm.multiply(
        ...[layer.input.at, layer.inputs * NUMBER, NUMBER],
        ...[layer.weights.at, NUMBER, layer.outputs * NUMBER],
        ...[layer.output.at, rows, layer.inputs, layer.outputs, this.scratch],
        layer.bias ? 1 : 0,
      );
      const next = this.layers[l + 1];
      if (!next) return;
      this.wasm.tanh(layer.output.at, layer.output.at + rows * layer.outputs * NUMBER);
      squaredLengths(layer.output.values, layer.outputs, rows, next.inputSquares);
    }
  }

  /** p − e_y in place of the last slopes. @returns Σ −ln p_y in nats */
  private softmax(part: Int32Array): number {
    const { labels } = this.dataset;
    const { output, slopes, outputs } = this.layers.at(-1)!;
    let loss = 0;
    for (const [i, row] of part.entries()) {
      const from = i * outputs;
      const own = from + labels[row]!;
      let top = Number.NEGATIVE_INFINITY;
      for (let c = from; c < from + outputs; c++) top = Math.max(top, output.values[c]!);
      let total = 0;
      for (let c = from; c < from + outputs; c++) total += Math.exp(output.values[c]! - top);
      for (let c = from; c < from + outputs; c++)
        slopes.values[c] = Math.exp(output.values[c]! - top) / total - (c === own ? 1 : 0);
      loss += Math.log(total) - (output.values[own]! - top);
    }
    return loss;
  }

  /** The first of the largest logits. @returns how many are right */
  private guess(part: Int32Array, guesses: Uint8Array): number {
    const { output, outputs } = this.layers.at(-1)!;
    let right = 0;
    for (const [i, row] of part.entries()) {
      const logits = output.values.subarray(i * outputs, (i + 1) * outputs);
      let best = 0;
      for (let c = 1; c < outputs; c++) if (logits[c]! > logits[best]!) best = c;
      guesses[row] = best;
      if (best === this.dataset.labels[row]) right++;
    }
    return right;
  }

  /** Slopes of all layers from those of the last. */
  private backward(rows: number): void {
    for (let l = this.layers.length - 1; l >= 0; l--) {
      const layer = this.layers[l]!;
      squaredLengths(layer.slopes.values, layer.outputs, rows, layer.slopeSquares);
      const before = this.layers[l - 1];
      if (!before) return;
      this.wasm.multiply(
        ...[layer.slopes.at, layer.outputs * NUMBER, NUMBER],
        ...[layer.weights.at, layer.outputs * NUMBER, NUMBER],
        ...[before.slopes.at, rows, layer.outputs, layer.inputs, this.scratch],
        0,
      );
      const end = before.slopes.at + rows * before.outputs * NUMBER;
      this.wasm.tanhSlopes(before.slopes.at, end, before.output.at);
    }
  }

  /** c δ in place of δ. @returns ‖g‖ before clipping, in the order of the rows */
  private clip(clipping: Clipping, { length }: Int32Array): Float32Array {
    const norms = new Float32Array(length);
    const squares = new Float64Array(this.layers.length);
    for (let i = 0; i < length; i++) {
      for (const [l, { slopeSquares, inputSquares, bias }] of this.layers.entries())
        squares[l] = slopeSquares[i]! * (inputSquares[i]! + (bias ? 1 : 0));
      const norm = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
      norms[i] = norm;
      for (const [l, { slopes, outputs }] of this.layers.entries()) {
        const factor =
          clipping.rule === 'per-layer'
            ? clipFactor(share(clipping, this.layers.length), Math.sqrt(squares[l]!))
            : clipFactor(clipping, norm);
        for (let c = i * outputs; c < (i + 1) * outputs; c++) slopes.values[c] = slopes.values[c]! * factor;
      }
    }
    return norms;
  }

  private addSums(totals: readonly Float64Array[], rows: number): void {
    let p = 0;
    for (const { input, slopes, sums, inputs, outputs, bias } of this.layers) {
      this.wasm.multiply(
        ...[input.at, NUMBER, inputs * NUMBER],
        ...[slopes.at, NUMBER, outputs * NUMBER],
        ...[sums.at, inputs, rows, outputs, this.scratch],
        0,
      );
      const total = totals[p++]!;
      for (let i = 0; i < total.length; i++) total[i] = total[i]! + sums.values[i]!;
      if (!bias) continue;
      const ofBias = totals[p++]!;
      for (let i = 0; i < rows; i++)
        for (let c = 0; c < outputs; c++) ofBias[c] = ofBias[c]! + slopes.values[i * outputs + c]!;
    }
  }
}

/** Four numbers are written at a time, the last time perhaps beyond the end. */
const bytesFor = (numbers: number) => Math.ceil((numbers * NUMBER + 16) / 16) * 16;

/** C / √L each. */
const share = (clipping: Clipping, layers: number): Clipping => ({
  rule: 'flat',
  maxGradNorm: clipping.maxGradNorm / Math.sqrt(layers),
});

function repeat(row: Float64Array, into: Float32Array, times: number): void {
  into.set(row);
  // Twice as many each time.
  for (let filled = row.length; filled < times * row.length; filled *= 2)
    into.copyWithin(filled, 0, Math.min(filled, times * row.length - filled));
}

function squaredLengths(values: Float32Array, width: number, rows: number, into: Float64Array): void {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = i * width; j < (i + 1) * width; j++) sum += values[j]! * values[j]!;
    into[i] = sum;
  }
}
