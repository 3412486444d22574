/**
 * Secret bits computed back from noisy answers to "how many of these people have a 1?", asked about random sets of people. If
 * every answer is off by less than about √n, nearly all of n bits come out, whatever the noise is called (Dinur and Nissim 2003).
 * Decoded by least squares, in time n²m, as Dwork, McSherry and Talwar (2007) did it by linear programming.
 */
import type { RandomSource } from '@/lib/random';
import { solvePositiveDefinite } from '../numerics/cholesky';

/** Questions about n people: who is in each of them. */
export interface SubsetQuestions {
  people: number;
  questions: number;
  /** questions × people: 1 where the person is asked about. */
  members: Uint8Array;
  /** AᵀA, people × people: in how many questions two people stand together. */
  together: Float64Array;
}

/** Each person is in each question by the toss of a coin. */
export function randomSubsets(people: number, questions: number, random: RandomSource): SubsetQuestions {
  const members = new Uint8Array(people * questions);
  for (let i = 0; i < members.length; i += 32)
    for (let bits = random.uint32(), k = i; k < Math.min(i + 32, members.length); k++, bits >>>= 1)
      members[k] = bits & 1;
  const together = new Float64Array(people * people);
  const asked = new Int32Array(people);
  for (let question = 0; question < questions; question++) {
    let count = 0;
    for (let person = 0; person < people; person++)
      if (members[question * people + person]) asked[count++] = person;
    for (let a = 0; a < count; a++)
      for (let row = asked[a]! * people, b = 0; b <= a; b++) together[row + asked[b]!]!++;
  }
  return { people, questions, members, together };
}

/** The true answers: in each question, how many have a 1. */
export function subsetSums({ people, questions, members }: SubsetQuestions, bits: Uint8Array): Float64Array {
  const sums = new Float64Array(questions);
  for (let question = 0; question < questions; question++)
    for (let person = 0; person < people; person++)
      sums[question]! += members[question * people + person]! * bits[person]!;
  return sums;
}

/**
 * The bits that fit the answers best: least squares around ½, then rounded.
 *
 * Each bit is held to ½ as firmly as a fair coin's spread of ½ warrants beside the noise. Without that pull, answers that are
 * mere noise, or fewer questions than people, would send the estimates anywhere.
 *
 * @param deviation standard deviation of the noise on an answer, as far as the attacker knows it; 0 for none
 */
export function decodeBits(
  { people, questions, members, together }: SubsetQuestions,
  answers: ArrayLike<number>,
  deviation: number,
): Uint8Array {
  const matrix = Float64Array.from(together);
  for (let i = 0; i < people; i++) matrix[i * people + i]! += Math.max(4 * deviation * deviation, 1e-6);
  const right = new Float64Array(people);
  for (let question = 0; question < questions; question++) {
    const row = question * people;
    let size = 0;
    for (let person = 0; person < people; person++) size += members[row + person]!;
    const rest = answers[question]! - size / 2;
    for (let person = 0; person < people; person++) right[person]! += members[row + person]! * rest;
  }
  return Uint8Array.from(solvePositiveDefinite(matrix, right), (value) => (value > 0 ? 1 : 0));
}

/**
 * ε, in nats, of all answers together with Laplace noise of this standard deviation on each: one person's bit moves each answer by 1
 * at most, each answer costs 1/b, and b is the deviation over √2. Pure ε add up.
 */
export const subsetSumsEpsilon = (questions: number, deviation: number): number =>
  (questions * Math.SQRT2) / deviation;

/** The other end: which standard deviation all answers together need for ε. */
export const subsetSumsDeviation = (questions: number, epsilon: number): number =>
  (questions * Math.SQRT2) / epsilon;
