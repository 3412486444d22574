/** A tensor in a few numbers, as the reference files state it. No Node here: browser suites use it too. */
export interface Summary {
  shape: number[];
  first: number[];
  /** The first values at the position in the middle (⌊H/2⌋, ⌊W/2⌋), for feature maps. */
  center: number[];
  mean: number;
  std: number;
  absmax: number;
}

export function summarise(values: ArrayLike<number>, shape: readonly number[]): Summary {
  let sum = 0;
  let squares = 0;
  let absmax = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    sum += value;
    squares += value * value;
    // Written so that NaN is not lost.
    if (!(Math.abs(value) <= absmax)) absmax = Math.abs(value);
  }
  const mean = sum / values.length;
  const slice = (from: number, count: number) =>
    Array.from({ length: count }, (_, i) => values[from + i] ?? Number.NaN);
  const [height = 1, width = 1, channels = 1] = shape;
  const middle = (Math.floor(height / 2) * width + Math.floor(width / 2)) * channels;
  return {
    shape: [...shape],
    first: slice(0, 20),
    center: shape.length === 3 ? slice(middle, 8) : [],
    mean,
    std: Math.sqrt(Math.max(0, squares / values.length - mean * mean)),
    absmax,
  };
}

/** Coefficients of `offset + amplitude · sin(frequency · (row h + column w + channel c))`. */
export interface Wave {
  offset: number;
  amplitude: number;
  frequency: number;
  row: number;
  column: number;
  channel: number;
}

/** S × S × 3, in float32 as the references were made. */
export function wave(
  { offset, amplitude, frequency, row, column, channel }: Wave,
  size: number,
): Float32Array {
  const data = new Float32Array(size * size * 3);
  let at = 0;
  for (let h = 0; h < size; h++)
    for (let w = 0; w < size; w++)
      for (let c = 0; c < 3; c++)
        data[at++] = offset + amplitude * Math.sin(frequency * (row * h + column * w + channel * c));
  return data;
}
