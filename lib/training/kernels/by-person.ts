/**
 * Gradients by person: all rows of a person together are one gradient, which is clipped once. What one person can change of the sum is C,
 * however many rows they have; so ε is that of DP-SGD on as many examples as there are persons (user-level DP, McMahan et al. 2018,
 * arXiv:1710.06963).
 *
 * Of a person the mean over their rows is taken, not the sum: then a clip that suits one row suits a person, and the plain model, which
 * is not clipped, does not learn most from those with most rows.
 */
import { clipFactor } from '../clipping';
import type { Persons } from '../persons';
import type { Learner, LotKernel, LotSum } from './lot-kernel';

/**
 * @param rows what sums gradients of rows; it is asked once for each person, without clipping
 * @returns a kernel whose lots are of persons, by their numbers
 */
export function byPerson(rows: LotKernel, persons: Persons): LotKernel {
  return {
    ...(rows.backend && { backend: rows.backend }),
    async sumLot(learners, lot, breathe, draw) {
      const plain = learners.map(({ weights }) => ({ weights, clipping: null }));
      const totals = learners.map((learner) => emptySum(learner, lot.length));
      for (const [place, person] of lot.entries()) {
        const own = Int32Array.from(persons[person]!);
        const sums = await rows.sumLot(plain, own, breathe, draw);
        for (const [i, sum] of sums.entries()) addPerson(totals[i]!, sum, learners[i]!, place, own.length);
        await breathe();
      }
      return totals;
    },
  };
}

const emptySum = ({ weights, clipping }: Learner, persons: number): LotSum => ({
  sums: weights.map((own) => new Float64Array(own.length)),
  norms: new Float32Array(clipping === null ? 0 : persons),
  loss: 0,
});

function addPerson(
  total: LotSum,
  { sums, loss }: LotSum,
  { clipping }: Learner,
  place: number,
  rows: number,
): void {
  let square = 0;
  for (const sum of sums) for (const value of sum) square += value * value;
  const norm = Math.sqrt(square) / rows;
  if (clipping !== null) total.norms[place] = norm;
  // A gradient that is no number is left to `sumFinite`, which takes it for zero.
  const factor = (clipping === null ? 1 : clipFactor(clipping, norm)) / rows;
  for (const [p, sum] of sums.entries()) {
    const into = total.sums[p]!;
    for (let j = 0; j < sum.length; j++) into[j] = into[j]! + factor * sum[j]!;
  }
  total.loss += loss / rows;
}
