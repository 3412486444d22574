/**
 * Grades `scores(losses, references)`: who was in a model's training, from the loss of each example and its losses under models that never
 * saw it. Examples differ in how hard they are, so the loss alone says little; against the references it says much (Carlini et al. 2022,
 * Watson et al. 2022). Worlds are drawn anew: losses around a difficulty of each example's own, lower by a step for members.
 */
import type { RandomSource } from '@/lib/random';
import { ask, numbers } from '../answers';
import { between, percent, told } from '../draws';
import type { Fault, Trial } from '../grade';

const NAME = 'scores';
const EXAMPLES = 1000;
const WORLDS = 4;
const REFERENCES = 16;

/** Standard deviations of difficulty and of one model's loss, and by how much training lowers it. */
const DIFFICULTY = 2;
const SPREAD = 0.6;
const STEP = 1.2;

/** Comparing with one reference alone reaches 0.84, with all 0.91; a threshold on the loss 0.66. */
const LEAST_AREA = 0.8;
/** At this share of false alarms the same find 41 %, 62 % and 14 % of the members. */
const ALARMS = 0.05;
const LEAST_FOUND = 0.3;

interface World {
  losses: number[];
  /** A list for each reference model. */
  references: number[][];
  member: boolean[];
}

function world(random: RandomSource): World {
  const member = random.shuffle(Array.from({ length: EXAMPLES }, (_, i) => i % 2 === 0));
  const hard = between(4, 8, random);
  const difficulty = member.map(() => hard + DIFFICULTY * random.gaussian());
  const lossesOf = (lower: (i: number) => number) =>
    difficulty.map((d, i) => d - lower(i) + SPREAD * random.gaussian());
  return {
    losses: lossesOf((i) => (member[i] ? STEP : 0)),
    references: Array.from({ length: REFERENCES }, () => lossesOf(() => 0)),
    member,
  };
}

/** The share of pairs of a member and another in which the member has the higher score; ties count half. */
export function areaUnder(scores: readonly number[], member: readonly boolean[]): number {
  const order = scores.map((score, i) => ({ score, member: member[i]! })).sort((a, b) => a.score - b.score);
  let below = 0;
  let won = 0;
  for (let i = 0; i < order.length; ) {
    let end = i;
    let [members, others] = [0, 0];
    for (; end < order.length && order[end]!.score === order[i]!.score; end++)
      if (order[end]!.member) members++;
      else others++;
    won += members * (below + others / 2);
    below += others;
    i = end;
  }
  return won / (below * (order.length - below));
}

/**
 * The share of members above a line that so many of the others exceed. Among equal scores a coin decides, as on a ROC curve with
 * straight lines: an attack may give few different scores, such as a rank among the references.
 */
function foundAt(alarms: number, scores: readonly number[], member: readonly boolean[]): number {
  const order = scores.map((score, i) => ({ score, member: member[i]! })).sort((a, b) => b.score - a.score);
  const members = member.filter(Boolean).length;
  const allowed = alarms * (order.length - members);
  let found = 0;
  let alarmed = 0;
  for (let i = 0; i < order.length; ) {
    let [inside, outside] = [0, 0];
    const { score } = order[i]!;
    for (; i < order.length && order[i]!.score === score; i++)
      if (order[i]!.member) inside++;
      else outside++;
    if (alarmed + outside > allowed) return (found + (inside * (allowed - alarmed)) / outside) / members;
    found += inside;
    alarmed += outside;
  }
  return found / members;
}

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const INPUT = `${NAME}(losses, references): ${EXAMPLES} examples, half of them members, and ${REFERENCES} reference models; ${WORLDS} times`;

export function membershipAttack(): Trial[] {
  let worlds: World[] = [];
  let scores: number[][] = [];
  const over = (measure: (scores: readonly number[], member: readonly boolean[]) => number) =>
    mean(worlds.map(({ member }, i) => measure(scores[i]!, member)));

  return [
    {
      id: 'area',
      words: 'It ranks members above others far more often than a threshold on the loss does.',
      async run(program, random): Promise<Fault | null> {
        worlds = Array.from({ length: WORLDS }, () => world(random));
        scores = [];
        for (const { losses, references } of worlds)
          scores.push([...(await ask(program, NAME, numbers(EXAMPLES), [[losses, references]]))[0]!]);
        const area = over(areaUnder);
        if (area >= LEAST_AREA) return null;
        const plain = mean(
          worlds.map(({ losses, member }) =>
            areaUnder(
              losses.map((loss) => -loss),
              member,
            ),
          ),
        );
        return {
          words:
            area < 0.45
              ? 'The scores point the wrong way: the higher score must be the likelier member.'
              : 'The attack does not beat a threshold on the loss clearly: compare each loss with those of the references for the same example.',
          input: INPUT,
          found: `an AUC of ${told(area)}; the threshold has ${told(plain)}, and ${LEAST_AREA} is asked for`,
        };
      },
    },
    {
      id: 'few-alarms',
      words: `With ${percent(ALARMS)} false alarms it finds at least ${percent(LEAST_FOUND)} of the members.`,
      async run() {
        const found = over((of, member) => foundAt(ALARMS, of, member));
        return found >= LEAST_FOUND
          ? null
          : {
              words: `With ${percent(ALARMS)} false alarms it finds too few members.`,
              input: INPUT,
              found: `${percent(found)} of them, where ${percent(LEAST_FOUND)} is asked for`,
            };
      },
    },
  ];
}
