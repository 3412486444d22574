/**
 * What a server may believe about one person after some reports, if it held all answers equally likely before. In these three
 * protocols a report is e^ε times as likely for each answer it supports as for each it does not: beliefs multiply.
 */

/**
 * @param supports answers that each report supports
 * @returns probability of each of the k answers
 */
export function beliefs(
  supports: readonly (readonly number[])[],
  epsilon: number,
  categories: number,
): number[] {
  const votes = new Array<number>(categories).fill(0);
  for (const report of supports)
    for (const value of report) if (value < categories) votes[value] = votes[value]! + 1;
  const most = Math.max(...votes);
  const weights = votes.map((count) => Math.exp(epsilon * (count - most)));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}
