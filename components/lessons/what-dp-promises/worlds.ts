/** Two worlds that differ in one person: plain arithmetic that the page does itself, without what checks parameters in the worker. */
import { type CountingMechanismId, countingMechanism } from '@/lib/privacy';
import type { RandomSource } from '@/lib/random';

interface WorldParams {
  mechanism: CountingMechanismId;
  /** In nats. */
  epsilon: number;
  delta: number;
}

/** The true answers: a count without and with the person, or one person's no and yes. */
export function trueAnswers(mechanism: WorldParams['mechanism']): { without: number; with: number } {
  return mechanism === 'randomised-response' ? { without: 0, with: 1 } : { without: 41, with: 42 };
}

/** ln of how many times likelier an answer is with the person than without. */
export function logRatio({ mechanism, epsilon, delta }: WorldParams, answer: number): number {
  const { mechanism: made } = countingMechanism(mechanism, { epsilon, delta });
  const truth = trueAnswers(mechanism);
  return Math.log(made.likelihood(answer, truth.with) / made.likelihood(answer, truth.without));
}

/** True for "they took part": the likelier world, and a coin where both are as likely. */
export function likelierGuess(ratio: number, threshold: number, random: RandomSource): boolean {
  return Math.abs(ratio - threshold) < 1e-12 ? random.bernoulli(0.5) : ratio > threshold;
}
