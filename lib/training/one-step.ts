/**
 * One step of DP-SGD on softmax regression, with every number in between kept for a look: in plain double precision, one
 * example at a time. The trainer computes the same without building the single gradients.
 */

/** A linear classifier: z = x W + b. */
export interface SoftmaxWeights {
  /** width × classes, row by row. */
  weights: Float64Array;
  /** One a class. */
  bias: Float64Array;
}

export interface OneStepOptions extends SoftmaxWeights {
  /** n × width. */
  features: Float32Array;
  /** n class numbers. */
  labels: ArrayLike<number>;
  /** C */
  maxGradNorm: number;
  /** σ */
  noiseMultiplier: number;
  /** q N: what the sum is divided by, whatever n is. */
  expectedBatchSize: number;
  /** η of the C-normalised step: the weights move by η / (q N C) times the noisy sum. */
  learningRate: number;
  /** Standard normal draws: one a weight, then one a bias. */
  normals: Float64Array;
}

export interface ExampleStep {
  guess: number;
  /** Of the right class. */
  probability: number;
  /** ‖gᵢ‖ */
  gradNorm: number;
  /** min(1, C / ‖gᵢ‖) */
  clipFactor: number;
}

export interface OneStep {
  examples: ExampleStep[];
  /** Σᵢ cᵢ gᵢ: weights, then biases. */
  clippedSum: Float64Array;
  /** ‖Σᵢ gᵢ‖ and ‖Σᵢ cᵢ gᵢ‖ */
  rawSumNorm: number;
  clippedSumNorm: number;
  /** Of σ C z. */
  noiseNorm: number;
  /** What is added to the weights: −η / (q N C) · noisy sum. */
  change: Float64Array;
  noisySumNorm: number;
  /** Noisy sum over q N. */
  noisyMeanNorm: number;
  changeNorm: number;
  /** Between the clipped sum with and without its noise: 1 the same direction, 0 unrelated. Null where one has no length. */
  cosine: number | null;
}

const lengthOf = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Probabilities of all classes for one row of features. */
export function softmax(row: Float32Array, { weights, bias }: SoftmaxWeights): Float64Array {
  const classes = bias.length;
  const scores = bias.slice();
  for (let i = 0; i < row.length; i++) {
    const value = row[i]!;
    if (value === 0) continue;
    for (let c = 0; c < classes; c++) scores[c] = scores[c]! + value * weights[i * classes + c]!;
  }
  const largest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let c = 0; c < classes; c++) {
    scores[c] = Math.exp(scores[c]! - largest);
    sum += scores[c]!;
  }
  for (let c = 0; c < classes; c++) scores[c] = scores[c]! / sum;
  return scores;
}

/** Adds `factor` · gᵢ to `sum`, where gᵢ is the outer product of [x, 1] and p − y. */
function addGradient(sum: Float64Array, row: Float32Array, error: Float64Array, factor: number): void {
  const classes = error.length;
  for (let i = 0; i <= row.length; i++) {
    const value = factor * (i < row.length ? row[i]! : 1);
    if (value === 0) continue;
    for (let c = 0; c < classes; c++) sum[i * classes + c] = sum[i * classes + c]! + value * error[c]!;
  }
}

/** Gradient of one example's loss with respect to its scores: p − y. */
function errorOf(probabilities: Float64Array, label: number): Float64Array {
  const error = probabilities.slice();
  error[label] = error[label]! - 1;
  return error;
}

/** Algorithm 1 of Abadi et al. 2016 (arXiv:1607.00133) for one lot, which may be empty. */
export function oneStep(options: OneStepOptions): OneStep {
  const { features, labels, bias, weights, maxGradNorm, noiseMultiplier, normals } = options;
  const { expectedBatchSize, learningRate } = options;
  const width = weights.length / bias.length;
  const clippedSum = new Float64Array(weights.length + bias.length);
  const rawSum = clippedSum.slice();
  const examples = Array.from({ length: labels.length }, (_, i): ExampleStep => {
    const row = features.subarray(i * width, (i + 1) * width);
    const label = labels[i]!;
    const probabilities = softmax(row, options);
    const error = errorOf(probabilities, label);
    // ‖[x, 1] (p − y)ᵀ‖ = ‖[x, 1]‖ · ‖p − y‖
    const gradNorm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 1)) * lengthOf(error);
    const clipFactor = gradNorm > maxGradNorm ? maxGradNorm / gradNorm : 1;
    addGradient(rawSum, row, error, 1);
    addGradient(clippedSum, row, error, clipFactor);
    const guess = probabilities.indexOf(probabilities.reduce((a, b) => Math.max(a, b)));
    return { guess, probability: probabilities[label]!, gradNorm, clipFactor };
  });
  const noise = normals.map((z) => noiseMultiplier * maxGradNorm * z);
  const noisySum = clippedSum.map((value, i) => value + noise[i]!);
  const rate = learningRate / (expectedBatchSize * maxGradNorm);
  const change = noisySum.map((value) => -rate * value);
  const clippedSumNorm = lengthOf(clippedSum);
  const noisySumNorm = lengthOf(noisySum);
  const product = clippedSum.reduce((sum, value, i) => sum + value * noisySum[i]!, 0);
  return {
    examples,
    clippedSum,
    rawSumNorm: lengthOf(rawSum),
    clippedSumNorm,
    noiseNorm: lengthOf(noise),
    change,
    noisySumNorm,
    noisyMeanNorm: noisySumNorm / expectedBatchSize,
    changeNorm: lengthOf(change),
    cosine: clippedSumNorm > 0 && noisySumNorm > 0 ? product / (clippedSumNorm * noisySumNorm) : null,
  };
}

/**
 * Plain gradient descent on the mean loss of all rows, from zero.
 * @param steps 0 leaves a model that guesses every class alike
 */
export function descend(
  { features, labels, classes }: { features: Float32Array; labels: ArrayLike<number>; classes: number },
  steps: number,
  learningRate: number,
): SoftmaxWeights {
  const size = labels.length;
  const width = features.length / size;
  const model = { weights: new Float64Array(width * classes), bias: new Float64Array(classes) };
  for (let step = 0; step < steps; step++) {
    const sum = new Float64Array((width + 1) * classes);
    for (let i = 0; i < size; i++) {
      const row = features.subarray(i * width, (i + 1) * width);
      addGradient(sum, row, errorOf(softmax(row, model), labels[i]!), learningRate / size);
    }
    for (let i = 0; i < model.weights.length; i++) model.weights[i] = model.weights[i]! - sum[i]!;
    for (let c = 0; c < classes; c++) model.bias[c] = model.bias[c]! - sum[width * classes + c]!;
  }
  return model;
}
