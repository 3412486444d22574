/**
 * Σ of numbers ≥ 0 with the rounding of every addition carried along (Neumaier 1974): off by two units in the last place at
 * most, however many numbers there are. Ten answers at ε = 0.1 then make 1, and not a little more.
 */
export function exactSum(numbers: Iterable<number>): number {
  let sum = 0;
  let lost = 0;
  for (const number of numbers) {
    const next = sum + number;
    lost += Math.abs(sum) >= Math.abs(number) ? sum - next + number : number - next + sum;
    sum = next;
  }
  return Number.isFinite(sum) ? sum + lost : sum;
}
