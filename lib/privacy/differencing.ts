/** Two counts, published before and after one person left, and somebody who subtracts them: differencing. */
import { checkPositiveEpsilon } from './checks';

/**
 * How often the guess “the one who left was counted” is right, if it is made where the two counts differ by more than a half. Each count
 * has Laplace noise of scale 1/ε; the person was counted or not, both equally likely, and nobody else left.
 *
 * The noise of the difference has the density (1 + |x|/b) e^{−|x|/b} / 4b, b = 1/ε, so P(x < 1/2) = 1 − e^{−ε/2} (1 + ε/4) / 2.
 * @param epsilon nats, of each of the two counts
 */
export function differencingRight(epsilon: number): number {
  checkPositiveEpsilon(epsilon);
  return 1 - (Math.exp(-epsilon / 2) * (1 + epsilon / 4)) / 2;
}
