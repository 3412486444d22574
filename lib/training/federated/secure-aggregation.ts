/**
 * Secure aggregation by pairwise masks (Bonawitz et al. 2017, the core of it): each two clients share a seed; one adds the mask that
 * grows from it, the other subtracts it. Every single message looks like noise, and in the sum the masks cancel exactly, because all
 * arithmetic is on whole numbers modulo 2³².
 *
 * Left out here, and needed in earnest: agreeing on seeds by Diffie–Hellman, a mask of each client’s own, and Shamir’s secret
 * sharing of both, so that a dropped client can be made up for without laying anybody open.
 */
import { SeededRandom } from '@/lib/random';

/** Numbers are whole multiples of one over this. */
export const QUANTISATION = 2 ** 16;

/** Real numbers as whole multiples of 1/65,536, modulo 2³². Exact sums need |Σ x| < 2¹⁵. */
export function quantise(values: ArrayLike<number>): Uint32Array {
  return Uint32Array.from(values, (value) => Math.round(value * QUANTISATION) >>> 0);
}

/** Back to real numbers: the upper half of 0 … 2³² − 1 stands for negative ones. */
export function dequantise(values: Uint32Array): Float64Array {
  return Float64Array.from(values, (value) => (value | 0) / QUANTISATION);
}

/** The mask that clients `a` and `b` share: `length` words of ChaCha20. The same for (b, a). */
export function pairMask(seed: number, a: number, b: number, clients: number, length: number): Uint32Array {
  const random = new SeededRandom(seed, Math.min(a, b) * clients + Math.max(a, b));
  return Uint32Array.from({ length }, () => random.uint32());
}

/** Adds (or takes away) `other` in place, modulo 2³². */
function addTo(sum: Uint32Array, other: Uint32Array, sign: 1 | -1): void {
  // A Uint32Array keeps the lowest 32 bits of what is written to it; the sums stay far below 2⁵³.
  for (let j = 0; j < sum.length; j++) sum[j] = sum[j]! + sign * other[j]!;
}

/** What client `own` of `clients` sends: its numbers, plus the masks it shares with later clients, less those with earlier ones. */
export function maskedMessage(values: Uint32Array, own: number, clients: number, seed: number): Uint32Array {
  const message = values.slice();
  for (let other = 0; other < clients; other++)
    if (other !== own)
      addTo(message, pairMask(seed, own, other, clients, values.length), own < other ? 1 : -1);
  return message;
}

/** What the server computes: the sum of the messages that arrived, modulo 2³². */
export function sumMessages(messages: readonly Uint32Array[], length: number): Uint32Array {
  const sum = new Uint32Array(length);
  for (const message of messages) addTo(sum, message, 1);
  return sum;
}

/**
 * Repairs a sum in which clients are missing: those that are there reveal the seeds they shared with them, and the server takes the
 * masks away that found no partner.
 * @returns a new sum
 */
export function withoutStrayMasks(
  sum: Uint32Array,
  dropped: readonly number[],
  clients: number,
  seed: number,
): Uint32Array {
  const repaired = sum.slice();
  for (let own = 0; own < clients; own++) {
    if (dropped.includes(own)) continue;
    for (const gone of dropped)
      addTo(repaired, pairMask(seed, own, gone, clients, sum.length), own < gone ? -1 : 1);
  }
  return repaired;
}
