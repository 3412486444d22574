import { PrivacyError } from '../errors';

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/**
 * The Rényi orders searched by default: the list of Google's dp_accounting, so that the numbers compare. Tenths from 1.1
 * to 10.9, whole numbers to 63, then powers of two to 1024.
 */
export const DEFAULT_ORDERS: readonly number[] = Object.freeze([
  ...range(11, 109).map((tenths) => tenths / 10),
  ...range(11, 63),
  128,
  256,
  512,
  1024,
]);

/** Beyond this an order decides nothing that a smaller one would not, and its sums take too long. */
const LARGEST_ORDER = 65_536;

export function checkOrders(orders: ArrayLike<number>): void {
  for (let i = 0; i < orders.length; i++) {
    if (!(orders[i]! > 1 && orders[i]! <= LARGEST_ORDER)) {
      throw new PrivacyError(
        'order-invalid',
        `A Rényi order is ${orders[i]}.`,
        `Give orders above 1, up to ${LARGEST_ORDER}.`,
      );
    }
  }
  if (orders.length === 0) {
    throw new PrivacyError(
      'order-invalid',
      'The list of Rényi orders is empty.',
      'Give at least one order above 1.',
    );
  }
}
