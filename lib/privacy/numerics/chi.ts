/**
 * The law of a sample's standard deviation: of S = √(χ²_ν / ν), which is near 1. With it two tails that audits ask for: that of
 * S itself, and that of Student's t whose numerator is not centred (Johnson and Welch 1940).
 */
import { gaussLegendre } from './gauss-legendre';
import { normalCdf } from './normal';

/** Beyond so many deviations of S, which is 1/√(2ν) nearly, there is nothing that a double sees. */
const REACH = 14;
const POINTS = 160;

/** Density of S at s, but for a constant factor that makes it 1 at the mode. */
function relativeDensity(s: number, degrees: number): number {
  if (s <= 0) return 0;
  const mode = Math.sqrt((degrees - 1) / degrees);
  return Math.exp((degrees - 1) * Math.log(s / mode) - (degrees / 2) * (s * s - mode * mode));
}

/** ∫ f(s) · density of S ds over [from, to]. */
function integrate(degrees: number, from: number, to: number, f: (s: number) => number): number {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  let sum = 0;
  for (const { node, weight } of gaussLegendre(POINTS)) {
    const s = middle + half * node;
    sum += weight * relativeDensity(s, degrees) * f(s);
  }
  return sum * half;
}

const range = (degrees: number) => {
  const width = REACH / Math.sqrt(2 * degrees);
  return { from: Math.max(0, 1 - width), to: 1 + width };
};

/** P[S ≤ s] for S = √(χ²_ν / ν), ν = `degrees` ≥ 2. */
export function scaledChiCdf(s: number, degrees: number): number {
  const { from, to } = range(degrees);
  if (s <= from) return 0;
  return integrate(degrees, from, Math.min(s, to), () => 1) / integrate(degrees, from, to, () => 1);
}

/** P[(Z + shift) / S > t], where Z is standard normal and S = √(χ²_ν / ν) is independent of it: Student's noncentral t. */
export function noncentralTUpperTail(t: number, degrees: number, shift: number): number {
  const { from, to } = range(degrees);
  return (
    integrate(degrees, from, to, (s) => normalCdf(shift - t * s)) / integrate(degrees, from, to, () => 1)
  );
}
