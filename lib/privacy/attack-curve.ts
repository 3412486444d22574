import { checkProbability } from './checks';
import { checkEvent, type PrivacyEvent, timesRun } from './events';
import type { TradeOff } from './mechanisms/mechanism';
import { envelopeTradeOff } from './mechanisms/trade-off';
import { pldDeltaCurve } from './pld/accountant';

/** ε at which the curve is drawn: dense near 0, where a false positive rate near ½ is decided, and so far that e^ε is still a number. */
const EPSILONS = [0, ...Array.from({ length: 980 }, (_, i) => 0.005 * 1.012 ** i)];

/**
 * The best trade-off an attacker could reach against a whole list of events, as a bound: no attack on any example, with any
 * knowledge of the others, has a smaller false negative rate at a given false positive rate. 1 − f is the attacker's best ROC
 * curve.
 *
 * It holds for an attacker with either aim, to name those who took part or those who did not; `odds` has each by itself, nearly exact.
 *
 * It is the envelope of the guarantees (ε, δ(ε)) at many ε (Dong, Roth and Su 2022, Proposition 2.12), with δ from the
 * privacy loss distributions.
 */
export function composedTradeOff(events: readonly PrivacyEvent[]): TradeOff {
  for (const event of events) checkEvent(event);
  const active = events.filter((event) => timesRun(event) > 0);
  const { remove, add } = pldDeltaCurve(active, EPSILONS);
  const tradeOff = envelopeTradeOff(
    EPSILONS.map((epsilon, i) => ({ epsilon, delta: Math.max(remove[i]!, add[i]!) })),
  );
  return (falsePositiveRate) => {
    checkProbability(falsePositiveRate, 'falsePositiveRate');
    return tradeOff(falsePositiveRate);
  };
}
