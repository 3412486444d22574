/**
 * Dealing examples out to clients, unevenly: what one phone holds does not look like what another holds.
 * “Two kinds” is the split of McMahan et al. (2017): examples sorted by label, cut into pieces, two pieces to each client.
 */
import type { RandomSource } from '@/lib/random';

export type Deal = 'two-kinds' | 'mixed';

/**
 * @param labels of the examples to deal; every one goes to at most one client
 * @param clients how many; each gets the same number of examples, what is left over is not used
 * @returns for each client, its rows
 */
export function dealOut(
  labels: ArrayLike<number>,
  clients: number,
  deal: Deal,
  random: RandomSource,
): Int32Array[] {
  const each = Math.floor(labels.length / clients);
  const order = random.shuffle(Int32Array.from({ length: labels.length }, (_, i) => i));
  if (deal === 'mixed')
    return Array.from({ length: clients }, (_, k) => order.slice(k * each, (k + 1) * each).sort());
  // Sorting is stable: within a label the order is still by chance.
  const sorted = Array.from(order.subarray(0, each * clients)).sort((a, b) => labels[a]! - labels[b]!);
  const half = Math.floor(each / 2);
  const pieces: number[][] = [];
  // Two pieces for each client: one of ⌊each/2⌋ examples, one of the rest.
  for (let at = 0, k = 0; k < 2 * clients; k++) {
    const length = k % 2 === 0 ? half : each - half;
    pieces.push(sorted.slice(at, at + length));
    at += length;
  }
  const first = random.shuffle(Int32Array.from({ length: clients }, (_, k) => 2 * k));
  const second = random.shuffle(Int32Array.from({ length: clients }, (_, k) => 2 * k + 1));
  return Array.from({ length: clients }, (_, k) =>
    Int32Array.from([...pieces[first[k]!]!, ...pieces[second[k]!]!]).sort(),
  );
}
