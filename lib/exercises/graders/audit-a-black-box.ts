/**
 * Grades `breaksClaim(without, withHer, epsilon)`: from answers of a black box to two neighbouring data sets it must say whether the box
 * breaks its ε. Some boxes keep it exactly, so that a ratio of shares which is merely larger than e^ε accuses the innocent; some have a
 * fault.
 */
import type { RandomSource } from '@/lib/random';
import { ask, yesOrNo } from '../answers';
import { between, told } from '../draws';
import type { Trial } from '../grade';

const NAME = 'breaksClaim';
const ANSWERS = 4000;
/**
 * The task allows one false accusation in a thousand. More than six of so many come then with a probability of 3e-8, and of somebody who
 * accuses one honest box in twenty with 0.992.
 */
const HONEST_BOXES = 300;
const MOST_ACCUSED = 6;
const FAULTY_BOXES = 30;
const LEAST_CAUGHT = 27;
/** Boxes to a question. */
const TOGETHER = 10;

interface Box {
  /** In words. */
  is: string;
  /** One answer to a count. @param member whether she is in the data */
  answer(member: boolean, epsilon: number, random: RandomSource): number;
}

/** Nearly all at their very limit: those are accused most easily. */
const HONEST: readonly Box[] = [
  {
    is: 'a count with Laplace noise of scale 1 / ε',
    answer: (member, epsilon, random) => (member ? 1 : 0) + random.laplace(1 / epsilon),
  },
  {
    is: 'randomised response at exactly ε',
    answer: (member, epsilon, random) => (random.bernoulli(1 / (1 + Math.exp(-epsilon))) === member ? 1 : 0),
  },
  {
    is: 'a count that she lowers, with Laplace noise of scale 1 / ε',
    answer: (member, epsilon, random) => (member ? -1 : 0) + random.laplace(1 / epsilon),
  },
];

const LOOSE: Box = {
  is: 'a count with twice the noise it needs',
  answer: (member, epsilon, random) => (member ? 1 : 0) + random.laplace(2 / epsilon),
};

const FAULTY: Readonly<Record<string, Box>> = {
  half: {
    is: 'noise of half the scale',
    answer: (member, epsilon, random) => (member ? 1 : 0) + random.laplace(0.5 / epsilon),
  },
  counted: {
    is: 'a count in which she is counted three times',
    answer: (member, epsilon, random) => (member ? 3 : 0) + random.laplace(1 / epsilon),
  },
  bounded: {
    is: 'uniform noise, which ends somewhere',
    answer: (member, epsilon, random) => (member ? 1 : 0) + (2 * random.uniform() - 1) * (1.5 / epsilon),
  },
  forgets: {
    is: 'noise that is forgotten every fourth time',
    answer: (member, epsilon, random) =>
      (member ? 1 : 0) + (random.bernoulli(0.25) ? 0 : random.laplace(1 / epsilon)),
  },
  rises: {
    is: 'noise that only ever adds',
    answer: (member, epsilon, random) => (member ? 1 : 0) + Math.abs(random.laplace(1 / epsilon)),
  },
  falls: {
    is: 'noise that only ever takes away',
    answer: (member, epsilon, random) => (member ? 1 : 0) - Math.abs(random.laplace(1 / epsilon)),
  },
  lowered: {
    is: 'a count that she lowers by three',
    answer: (member, epsilon, random) => (member ? -3 : 0) + random.laplace(1 / epsilon),
  },
  lies: {
    is: 'randomised response that lies too seldom',
    answer: (member, epsilon, random) =>
      random.bernoulli(1 / (1 + Math.exp(-2 * epsilon))) === member ? 1 : 0,
  },
};

interface Case {
  box: Box;
  epsilon: number;
  args: [without: number[], withHer: number[], epsilon: number];
}

function opened(box: Box, random: RandomSource): Case {
  const epsilon = between(0.6, 1.6, random);
  // A count of others that nobody knows beforehand; shares of yes have none.
  const others = box.is.includes('response') ? 0 : random.integer(500);
  const answers = (member: boolean) =>
    Array.from({ length: ANSWERS }, () => others + box.answer(member, epsilon, random));
  return { box, epsilon, args: [answers(false), answers(true), epsilon] };
}

const inputOf = ({ box, epsilon }: Case) =>
  `${ANSWERS} answers each of ${box.is}, with a claim of ε = ${told(epsilon)}`;

/** How many of the boxes are said to break their claim, and one of those for which that is wrong. */
async function judged(
  boxes: readonly Box[],
  right: boolean,
  ...[program, random]: Parameters<Trial['run']>
): Promise<{ accused: number; wrong: Case | undefined }> {
  let accused = 0;
  let wrong: Case | undefined;
  for (let from = 0; from < boxes.length; from += TOGETHER) {
    const some = boxes.slice(from, from + TOGETHER).map((box) => opened(box, random));
    const says = await ask(
      program,
      NAME,
      yesOrNo,
      some.map(({ args }) => args),
    );
    for (const [i, one] of some.entries()) {
      if (says[i]) accused++;
      if (says[i] !== right) wrong ??= one;
    }
  }
  return { accused, wrong };
}

const manyOf = (boxes: readonly Box[], count: number) =>
  Array.from({ length: count }, (_, i) => boxes[i % boxes.length]!);

const catches = (id: string, words: string, boxes: readonly Box[]): Trial => ({
  id,
  words,
  async run(program, random) {
    const { accused, wrong } = await judged(
      random.shuffle(manyOf(boxes, FAULTY_BOXES)),
      true,
      program,
      random,
    );
    if (accused >= LEAST_CAUGHT) return null;
    return {
      words: 'It lets boxes pass that break their claim.',
      input: inputOf(wrong!),
      found: `${accused} of ${FAULTY_BOXES} faulty boxes were caught; ${LEAST_CAUGHT} are asked for`,
    };
  },
});

export const auditABlackBox = (): Trial[] => [
  {
    id: 'innocent',
    words: 'It accuses no box that keeps its claim, but by the rarest chance.',
    async run(program, random) {
      const boxes = random.shuffle([...manyOf(HONEST, HONEST_BOXES - 10), ...manyOf([LOOSE], 10)]);
      const { accused, wrong } = await judged(boxes, false, program, random);
      if (accused <= MOST_ACCUSED) return null;
      return {
        words:
          'It accuses boxes that keep their claim. Shares scatter: only a ratio that chance cannot explain is proof.',
        input: inputOf(wrong!),
        found: `${accused} of ${HONEST_BOXES} honest boxes were accused`,
      };
    },
  },
  catches('scale', 'It catches noise that is too small for the claim.', [
    FAULTY.half!,
    FAULTY.counted!,
    FAULTY.lowered!,
    FAULTY.lies!,
  ]),
  catches('planted', 'It catches noise that ends somewhere, or is forgotten now and then.', [
    FAULTY.bounded!,
    FAULTY.rises!,
    FAULTY.falls!,
    FAULTY.forgets!,
  ]),
];
