/**
 * δ(ε) of the composed Poisson-subsampled Gaussian by another road than the library's: no grid of losses, no FFT. The moment
 * generating function is integrated over outcomes at complex orders, and Mellin's inversion along a vertical line gives
 *
 *   δ(ε) = (1/π) ∫₀^∞ Re [ e^{n K(λ + iω) − (λ + iω) ε} / ((λ + iω)(λ + 1 + iω)) ] dω.
 */
export function contourDelta(
  run: { q: number; sigma: number; steps: number },
  direction: 'remove' | 'add',
  epsilon: number,
): number {
  const { q, sigma, steps } = run;
  const outcomes: { loss: number; mass: number }[] = [];
  const width = sigma / 40;
  for (let z = -10 * sigma; z <= 12 + 10 * sigma; z += width) {
    const base = (Math.exp(-0.5 * (z / sigma) ** 2) / (sigma * Math.sqrt(2 * Math.PI))) * width;
    const loss = Math.log1p(q * Math.expm1((2 * z - 1) / (2 * sigma * sigma)));
    const mass = direction === 'remove' ? base * Math.exp(loss) : base;
    if (mass > 0) outcomes.push({ loss: direction === 'remove' ? loss : -loss, mass });
  }
  const cumulant = (re: number, im: number) => {
    let a = 0;
    let b = 0;
    for (const { loss, mass } of outcomes) {
      const size = mass * Math.exp(re * loss);
      a += size * Math.cos(im * loss);
      b += size * Math.sin(im * loss);
    }
    return { re: 0.5 * Math.log(a * a + b * b), im: Math.atan2(b, a) };
  };
  // Any λ > 0 gives the same integral; near the saddle point it is smallest and loses no digits.
  let lambda = 1;
  const height = (x: number) => steps * cumulant(x, 0).re - x * epsilon;
  for (let factor = 2; factor > 1.01; factor = Math.sqrt(factor)) {
    while (height(lambda * factor) < height(lambda)) lambda *= factor;
    while (height(lambda / factor) < height(lambda)) lambda /= factor;
  }
  const curvature =
    (cumulant(lambda * 1.01, 0).re - 2 * cumulant(lambda, 0).re + cumulant(lambda * 0.99, 0).re) /
    (0.01 * lambda) ** 2;
  const deviation = Math.sqrt(Math.max(steps * curvature, 1e-12));
  const integrand = (omega: number) => {
    const k = cumulant(lambda, omega);
    const size = Math.exp(steps * k.re - lambda * epsilon);
    const phase = steps * k.im - omega * epsilon;
    // Divided by (λ + iω)(λ + 1 + iω).
    const re = lambda * (lambda + 1) - omega * omega;
    const im = (2 * lambda + 1) * omega;
    return (size * (Math.cos(phase) * re + Math.sin(phase) * im)) / (re * re + im * im);
  };
  const step = (2 * Math.PI) / (30 * deviation + 4 * epsilon);
  let sum = integrand(0) / 2;
  let quiet = 0;
  for (let k = 1; quiet < 30 && k < 20_000; k++) {
    const value = integrand(k * step);
    sum += value;
    quiet = Math.abs(value) < 1e-13 * Math.abs(sum) ? quiet + 1 : 0;
  }
  return (sum * step) / Math.PI;
}
