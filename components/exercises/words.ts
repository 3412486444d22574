/** What each exercise says to its reader. `Code` in backquotes; nothing else is marked up. */
import type { ExerciseId } from '@/lib/exercises/names';
import { EXERCISE_FACTS, type ExerciseFacts } from './facts';

export interface ExerciseWords extends ExerciseFacts {
  /** What to write, a paragraph each. */
  task: readonly string[];
  /** Shown one at a time; each says more than the one before. */
  hints: readonly string[];
}

export const WORDS: Readonly<Record<ExerciseId, ExerciseWords>> = {
  'laplace-mechanism': {
    ...EXERCISE_FACTS['laplace-mechanism'],
    task: [
      'Write `laplaceMechanism(value, sensitivity, epsilon)`. It returns the value with Laplace noise whose scale is the sensitivity divided by ε.',
      'Draw the noise anew for each call. Do not round, and do not cut off: the answer may be any number, and must be right on average.',
    ],
    hints: [
      'You have uniform numbers, and need Laplace ones. The logarithm of a uniform number is exponential; Laplace is exponential to both sides.',
      'The difference of two independent exponential draws is Laplace noise of the same scale.',
      '`random.uniform()` may be 0, and its logarithm is infinite. Take the logarithm of `1 - random.uniform()`.',
    ],
  },
  'randomised-response': {
    ...EXERCISE_FACTS['randomised-response'],
    task: [
      'Write `respond(truth, epsilon)`. It tells the truth (true or false) as often as ε allows: the odds of truth against lie are e^ε to one.',
      'Write `estimate(answers, epsilon)`. From a list of such answers it estimates the share of people whose truth is yes. It must be right on average, so it may fall below 0 or above 1.',
    ],
    hints: [
      'Odds of e^ε to one are a probability of e^ε / (1 + e^ε).',
      'Let p be that probability, and x the share you look for. The share of yes is then p·x + (1 − p)·(1 − x), on average.',
      'Solve that for x. The answer divides by 2p − 1.',
    ],
  },
  'clipped-mean': {
    ...EXERCISE_FACTS['clipped-mean'],
    task: [
      'Write `clippedMean(values, low, high)`: the mean of the values, each first clipped to the range from low to high.',
      'Write `sensitivity(count, low, high)`: how far this mean can move when one of count people changes her value, and no more than that. The number of people is public.',
    ],
    hints: [
      'Clip the values, not the mean: a value of a million must count as `high`.',
      'Where must one person stand before, and where after, to move the mean farthest?',
      'From one end of the range to the other, shared by all who are counted.',
    ],
  },
  'gaussian-noise': {
    ...EXERCISE_FACTS['gaussian-noise'],
    task: [
      'Write `gaussianSigma(sensitivity, epsilon, delta)`: the least standard deviation of normal noise that keeps (ε, δ). At most one per cent more is fine; less is not.',
      'The exact condition (Balle and Wang 2018) is δ ≥ Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ), with μ the sensitivity divided by σ. `normalCdf(x)` gives Φ.',
    ],
    hints: [
      'Write the right side of the condition as a function of σ. It falls as σ grows.',
      'So search: find a σ that is large enough, then halve the interval again and again.',
      'Return the upper end of the interval: the lower one keeps the promise almost, which is not at all.',
    ],
  },
  'cost-of-a-sequence': {
    ...EXERCISE_FACTS['cost-of-a-sequence'],
    task: [
      'Write `totalCost(releases)`. Each release is `{ reads, epsilon, delta }`. It returns `{ epsilon, delta }`: what is spent in all, by basic composition.',
      '`reads` says whose data were used: `all` is everybody, `answers` is nobody (only earlier answers were read), and any other name is a group. No person is in two groups, and somebody may be in none.',
      'Both numbers must hold for every person, and be no larger than that asks for. The person with the largest ε and the one with the largest δ may be two.',
    ],
    hints: [
      'What is computed from answers alone costs nothing: leave it out.',
      'A person pays for all that reads everybody, and for all that reads her group.',
      'Add up for each group, and take the largest ε and the largest δ. Without groups there is still `all`; without releases, nothing.',
    ],
  },
  'exponential-mechanism': {
    ...EXERCISE_FACTS['exponential-mechanism'],
    task: [
      'Write `choose(scores, sensitivity, epsilon)`. It returns an index of the list (from 0), drawn with probability in proportion to exp(ε · score / (2 · sensitivity)).',
      'Scores may be negative, and may be in the thousands.',
    ],
    hints: [
      'Weights first, then their sum, then a uniform number below the sum: walk through the weights until it is used up.',
      'exp(1000) is infinite. Only differences of scores count: subtract the highest from all.',
      'Another way: add Gumbel noise, −log(−log(u)), to ε · score / (2 · sensitivity), and take the largest.',
    ],
  },
  'report-noisy-max': {
    ...EXERCISE_FACTS['report-noisy-max'],
    task: [
      'Write `noisyMax(counts, epsilon)`. It adds Laplace noise of scale 2 / ε to each count, and returns the index (from 0) of the largest. One person may change every count by one, some up and some down.',
      'Exponential or Gumbel noise of the same scale is as private, and is accepted.',
    ],
    hints: [
      'Each count needs a draw of its own: one draw for all changes nothing.',
      'Return the position alone. The noisy count beside it would cost more.',
      'Laplace noise is the difference of two exponential draws: `-Math.log(1 - random.uniform())`.',
    ],
  },
  'clip-per-example': {
    ...EXERCISE_FACTS['clip-per-example'],
    task: [
      'Write `clipAndSum(gradients, bound)`. `gradients` is a list of lists of numbers, one for each example. Shorten each to a length of at most the bound, then return their sum.',
      'The length is the root of the sum of squares. Shorter gradients stay as they are; some may be zero.',
    ],
    hints: [
      'Clip before you add: of a sum nobody can tell what one example did.',
      'A gradient that is too long keeps its direction: all of it is multiplied by the bound divided by its length.',
      'A gradient of length 0 must not be divided by its length.',
    ],
  },
  'dp-sgd-step': {
    ...EXERCISE_FACTS['dp-sgd-step'],
    task: [
      'Write `step(weights, gradients, options)`, with options `{ learningRate, maxGradNorm, noiseMultiplier, expectedBatchSize }`. It returns the new weights.',
      'The gradients are those of the lot that was drawn; each is clipped to `maxGradNorm`. Their sum gets normal noise of standard deviation `noiseMultiplier` · `maxGradNorm` in each coordinate. All is divided by the expected size of a lot, not by the drawn one. The lot may be empty.',
    ],
    hints: [
      'How many were drawn is a secret, too: a division by it would tell.',
      'An empty lot has noise like any other, or its silence says that nobody was in it. Start the sum from the weights’ length.',
      '`random.gaussian()` is a standard normal. Draw one for each weight.',
    ],
  },
  'membership-attack': {
    ...EXERCISE_FACTS['membership-attack'],
    task: [
      'Write `scores(losses, references)`. `losses` has the loss of each example under the model that is attacked. `references` has such a list for each of 16 models that never saw any of them. Return a score for each example: the higher, the likelier it was trained on.',
      'Half of the examples are members. A threshold on the loss has an AUC of about 0.66, because examples differ in how hard they are. Reach 0.8, and find 30 % of the members at 5 % false alarms. The losses are drawn for each grading from such a law; no model is trained here.',
    ],
    hints: [
      'An example with a low loss may just be easy. What do models lose on it that never saw it?',
      'Compare each loss with the mean of the references for the same example.',
    ],
  },
  'noise-in-pixels': {
    ...EXERCISE_FACTS['noise-in-pixels'],
    task: [
      'Write `madeFromFirst(released, first, second)`: whether the noisy picture was made from the first of two pictures, or from the second. Each is a list of numbers; the noise is normal, the same for all pixels.',
      'Write `holds(claim)` for a claim `{ pixels, sigma, epsilon, delta }`: whether normal noise of standard deviation sigma keeps (ε, δ) where so many pixels may each differ by 1. The exact condition is δ ≥ Φ(μ/2 − ε/μ) − e^ε Φ(−μ/2 − ε/μ), with μ the sensitivity (L2) divided by sigma. `normalCdf(x)` gives Φ.',
    ],
    hints: [
      'Which of the two pictures lies nearer to the noisy one, over all pixels?',
      'The L2 distance of two pictures that differ by 1 in k pixels is not k.',
      'It is √k: so large pictures need much noise.',
    ],
  },
  'audit-a-black-box': {
    ...EXERCISE_FACTS['audit-a-black-box'],
    task: [
      'Write `breaksClaim(without, withHer, epsilon)`. It gets 4,000 answers of a black box without one person in the data and 4,000 with her, and returns whether they prove that the box breaks its ε.',
      'At most one honest box in a thousand may be accused: shares scatter, and a ratio that is a little above e^ε proves nothing. Some faulty boxes have too little noise, some forget it now and then, and some have noise that ends somewhere.',
    ],
    hints: [
      'Look at events such as “the answer is above t”. Privacy says that their probabilities differ by a factor of at most e^ε, either way round.',
      'Choose t on one half of the answers, and judge on the other half. A t that was chosen and judged on the same answers finds what chance put there.',
      'A share p of n draws is off by about √(p (1 − p) / n). Take several of those off one share, and add them to the other, before you compare.',
    ],
  },
};
