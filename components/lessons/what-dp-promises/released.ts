/** What one answer of this lesson releases, as an accountant takes it. */
import { analyticGaussianSigma, type CountingMechanismId, type PrivacyEvent } from '@/lib/privacy';

/**
 * One person moves a count by one. Discrete Laplace noise makes the count e^ε times likelier or less likely and nothing between, which
 * is what randomised response does: each is the worst that is ε-DP.
 */
export function promiseEvents(
  mechanism: CountingMechanismId,
  { epsilon, delta }: { epsilon: number; delta: number },
): PrivacyEvent[] {
  if (mechanism === 'laplace') return [{ kind: 'laplace', scale: 1 / epsilon, sensitivity: 1, count: 1 }];
  if (mechanism === 'gaussian')
    return [{ kind: 'gaussian', noiseMultiplier: analyticGaussianSigma({ epsilon, delta }), count: 1 }];
  return [{ kind: 'pure', epsilon, count: 1 }];
}
