/** Cosines and sines of −2πk/n, k < n/2, for the sizes used so far. */
const twiddleCache = new Map<number, { cos: Float64Array; sin: Float64Array }>();

function twiddles(n: number) {
  let table = twiddleCache.get(n);
  if (!table) {
    const cos = new Float64Array(n / 2);
    const sin = new Float64Array(n / 2);
    for (let k = 0; k < n / 2; k++) {
      cos[k] = Math.cos((2 * Math.PI * k) / n);
      sin[k] = -Math.sin((2 * Math.PI * k) / n);
    }
    table = { cos, sin };
    if (twiddleCache.size > 8) twiddleCache.clear();
    twiddleCache.set(n, table);
  }
  return table;
}

/**
 * The discrete Fourier transform in place, X_k = Σ_j x_j e^{−2πi jk/n}, n a power of two (Cooley and Tukey 1965; two
 * radix-2 passes are done at a time where possible). The inverse is the same with real and imaginary parts swapped, over n.
 */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  bitReverse(re, im);
  const { cos, sin } = twiddles(n);
  let half = 1;
  // An odd number of passes starts with a single one, whose twiddles are all 1.
  if (Math.log2(n) % 2 === 1) {
    for (let i = 0; i < n; i += 2) {
      const r = re[i + 1]!;
      const m = im[i + 1]!;
      re[i + 1] = re[i]! - r;
      im[i + 1] = im[i]! - m;
      re[i]! += r;
      im[i]! += m;
    }
    half = 2;
  }
  for (; half < n; half *= 4) {
    const stride1 = n / (2 * half);
    const stride2 = n / (4 * half);
    // In the order in which the values lie in memory: small blocks by twiddle, large ones by block.
    if (half < 8) {
      for (let k = 0; k < half; k++) {
        const c1 = cos[k * stride1]!;
        const s1 = sin[k * stride1]!;
        const c2 = cos[k * stride2]!;
        const s2 = sin[k * stride2]!;
        for (let a = k; a < n; a += 4 * half) butterfly(re, im, a, half, c1, s1, c2, s2);
      }
    } else {
      for (let block = 0; block < n; block += 4 * half) {
        for (let k = 0; k < half; k++) {
          const place1 = k * stride1;
          const place2 = k * stride2;
          butterfly(re, im, block + k, half, cos[place1]!, sin[place1]!, cos[place2]!, sin[place2]!);
        }
      }
    }
  }
}

/** Two passes on the four values at a, a + half, a + 2·half, a + 3·half; c + i s are their twiddles. */
function butterfly(
  re: Float64Array,
  im: Float64Array,
  a: number,
  half: number,
  c1: number,
  s1: number,
  c2: number,
  s2: number,
): void {
  const b = a + half;
  const c = b + half;
  const d = c + half;
  // First pass: (a, b) and (c, d), both with the twiddle of size 2·half.
  const br = re[b]! * c1 - im[b]! * s1;
  const bi = re[b]! * s1 + im[b]! * c1;
  const dr = re[d]! * c1 - im[d]! * s1;
  const di = re[d]! * s1 + im[d]! * c1;
  const a0r = re[a]! + br;
  const a0i = im[a]! + bi;
  const a1r = re[a]! - br;
  const a1i = im[a]! - bi;
  const c0r = re[c]! + dr;
  const c0i = im[c]! + di;
  const c1r = re[c]! - dr;
  const c1i = im[c]! - di;
  // Second pass: (a, c) with the twiddle of size 4·half, (b, d) with that one turned by −i.
  const cr = c0r * c2 - c0i * s2;
  const ci = c0r * s2 + c0i * c2;
  const er = c1r * s2 + c1i * c2;
  const ei = c1i * s2 - c1r * c2;
  re[a] = a0r + cr;
  im[a] = a0i + ci;
  re[c] = a0r - cr;
  im[c] = a0i - ci;
  re[b] = a1r + er;
  im[b] = a1i + ei;
  re[d] = a1r - er;
  im[d] = a1i - ei;
}

function bitReverse(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      const r = re[i]!;
      re[i] = re[j]!;
      re[j] = r;
      const m = im[i]!;
      im[i] = im[j]!;
      im[j] = m;
    }
  }
}
