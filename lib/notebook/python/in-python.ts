/** What several notebooks say alike. */
import { DEFAULT_ORDERS } from '@/lib/privacy';

/** A number as Python reads it: whole ones in full, others to twelve digits. */
export const python = (value: number) =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(12)));

/**
 * Stops the notebook where Opacus’ RDP accountant, given the same orders, says another ε than the constant `EPSILON`.
 * @param noise the name of the constant that holds the σ that is charged
 */
export const opacusAgrees = (noise: string) => `from opacus.accountants import RDPAccountant

ORDERS = [${DEFAULT_ORDERS.map(python).join(', ')}]
accountant = RDPAccountant()
accountant.history = [(${noise}, SAMPLE_RATE, STEPS)]
epsilon = accountant.get_epsilon(delta=DELTA, alphas=ORDERS)
print(f"Opacus: epsilon {epsilon:.5f}; playground: {EPSILON:.5f}")
assert abs(epsilon - EPSILON) <= 1e-3 * max(1, EPSILON), "the accountants disagree"`;
