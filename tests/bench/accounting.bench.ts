/**
 * How long an accountant takes: `npm run bench -- accounting`.
 *
 * Medians of many rounds in which all questions take turns, so that a busy machine slows each alike; every round asks at a new
 * σ, so that no cache can answer. Where Python has dp_accounting, the same questions go to it, and the ratio is printed.
 */
import { spawnSync } from 'node:child_process';
import { calibrateNoiseMultiplier, composeEvents, rdpEpsilon } from '../../lib/privacy';
import { COUPLED } from '../harness/coupled';
import { placesOf } from '../harness/slider-places';

const DELTA = 1e-5;
const RUN = { sampleRate: 0.01, steps: 10_000 };
const TARGET = 3;

interface Question {
  name: string;
  /** The promise, in milliseconds. */
  within: number | null;
  ask(sigma: number): number;
  /** The same in Python: an expression in `sigma`. */
  python: string;
}

const poisson = (noiseMultiplier: number) => ({ kind: 'poisson-gaussian' as const, ...RUN, noiseMultiplier });

const QUESTIONS: readonly Question[] = [
  {
    name: 'PLD ε, both bounds, both directions, 10,000 steps',
    within: 50,
    ask: (sigma) => composeEvents([poisson(sigma)], DELTA, 'pld').epsilon,
    python: 'epsilon(pld.PLDAccountant(), sigma)',
  },
  {
    name: 'RDP ε, 10,000 steps',
    within: 1,
    ask: (sigma) => rdpEpsilon({ ...RUN, noiseMultiplier: sigma, delta: DELTA }).epsilon,
    python: 'epsilon(rdp.RdpAccountant(), sigma)',
  },
  {
    name: 'σ for a target ε by RDP',
    within: null,
    ask: (sigma) =>
      calibrateNoiseMultiplier({ ...RUN, targetEpsilon: TARGET / sigma, delta: DELTA }).noiseMultiplier,
    python: `calibrate(rdp.RdpAccountant, ${TARGET} / sigma)`,
  },
  {
    name: 'σ for a target ε by PLD',
    within: null,
    ask: (sigma) =>
      calibrateNoiseMultiplier({
        ...RUN,
        targetEpsilon: TARGET / sigma,
        delta: DELTA,
        accountant: 'pld',
      }).noiseMultiplier,
    python: `calibrate(pld.PLDAccountant, ${TARGET} / sigma)`,
  },
];

/** A frame is some 16 ms, and drawing needs its share. */
const AT_ONCE_WITHIN = 8;

/**
 * What stands on the page until an exact answer comes from the worker: milliseconds a move of each slider of each private training, at
 * places from end to end. The fastest of five neighbouring settings, none of which was asked before.
 */
function benchSliders(): void {
  const times: { at: string; milliseconds: number }[] = [];
  for (const [where, { declarations, defaults, sketch }] of Object.entries(COUPLED))
    for (const [name, parameter] of Object.entries(declarations)) {
      if (parameter.kind !== 'number' || parameter.seed) continue;
      for (const value of placesOf(parameter, 41)) {
        const taken = [0, 1, 2, 3, 4].map((near) => {
          const values = { ...defaults, epsilon: (defaults.epsilon as number) * (1 + 0.003 * near) };
          const moved = parameter.integer ? value : value * (1 + 0.003 * near);
          const started = performance.now();
          sketch!({ ...values, [name]: moved }, name);
          return performance.now() - started;
        });
        times.push({ at: `${where}, ${name} ${value}`, milliseconds: Math.min(...taken) });
      }
    }
  times.sort((a, b) => b.milliseconds - a.milliseconds);
  const [worst] = times;
  const share = (part: number) => times[Math.floor(times.length * part)]!.milliseconds.toFixed(2);
  console.log(
    `A slider of a private training, answered before the next frame, ms: median ${share(0.5)}, 95 % within ${share(0.05)}, the slowest of ${times.length} ${worst!.milliseconds.toFixed(2)} (${worst!.at}); ${worst!.milliseconds <= AT_ONCE_WITHIN ? `wanted ${AT_ONCE_WITHIN}` : `ABOVE the wanted ${AT_ONCE_WITHIN}`}`,
  );
}

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1]!;

/** Milliseconds by question, or why there are none. */
function python(rounds: number): number[] | string {
  const program = `
import json, statistics, time
import dp_accounting as dp
from dp_accounting import pld, rdp
def event(sigma):
    return dp.SelfComposedDpEvent(dp.PoissonSampledDpEvent(${RUN.sampleRate}, dp.GaussianDpEvent(sigma)), ${RUN.steps})
def epsilon(accountant, sigma):
    return accountant.compose(event(sigma)).get_epsilon(${DELTA})
def calibrate(make, target):
    return dp.calibrate_dp_mechanism(make, event, target, ${DELTA})
questions = [${QUESTIONS.map((question) => `lambda sigma: ${question.python}`).join(', ')}]
times = [[] for _ in questions]
for i in range(${rounds} + 1):
    for question, each in zip(questions, times):
        start = time.perf_counter()
        question(1 + 0.01 * i)
        each.append(1000 * (time.perf_counter() - start))
print(json.dumps([statistics.median(each[1:]) for each in times]))`;
  const there = spawnSync('python3', ['-c', 'import dp_accounting'], { encoding: 'utf8' });
  if (there.status !== 0) return 'Python has no dp_accounting here: nothing to compare with.';
  const done = spawnSync('python3', ['-c', program], { encoding: 'utf8' });
  if (done.status !== 0) return `dp_accounting did not answer: ${done.stderr.trim().split('\n').at(-1)}`;
  return JSON.parse(done.stdout) as number[];
}

/** `npm run bench -- accounting [rounds]` */
export default async function bench(args: string[]): Promise<void> {
  const rounds = Number(args[0] ?? 40);
  if (!(Number.isInteger(rounds) && rounds > 0)) {
    console.error('How many rounds? For example: npm run bench -- accounting 40');
    process.exitCode = 1;
    return;
  }
  const times = QUESTIONS.map((): number[] => []);
  const warm = 3;
  for (let round = -warm; round < rounds; round++) {
    QUESTIONS.forEach(({ ask }, i) => {
      const started = performance.now();
      const answer = ask(1 + 0.01 * (round + warm));
      const elapsed = performance.now() - started;
      if (!(answer > 0)) throw new Error(`${QUESTIONS[i]!.name} answered ${answer}`);
      if (round >= 0) times[i]!.push(elapsed);
    });
  }
  console.log(
    `q = ${RUN.sampleRate}, ${RUN.steps} steps, δ = ${DELTA}; medians of ${rounds} rounds, one thread, ms`,
  );
  const theirs = python(Math.min(rounds, 10));
  QUESTIONS.forEach(({ name, within }, i) => {
    const ours = median(times[i]!);
    const fastest = Math.min(...times[i]!);
    const promise =
      within === null ? '' : ours <= within ? `; promised ${within}` : `; ABOVE the promised ${within}`;
    const other =
      typeof theirs === 'string'
        ? ''
        : `; dp_accounting ${theirs[i]!.toFixed(1)}, ${(theirs[i]! / ours).toFixed(1)} times as long`;
    console.log(`  ${name}: ${ours.toFixed(2)} (fastest ${fastest.toFixed(2)}${promise})${other}`);
  });
  if (typeof theirs === 'string') console.log(`  ${theirs}`);
  benchSliders();
}
