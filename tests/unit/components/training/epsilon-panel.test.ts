/** What the panel draws of recorded and of live runs: the shipped recording itself, and the arithmetic around it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { trainParameters } from '@/components/lessons/training-with-dp-sgd/train/parameters';
import { paramsOf } from '@/components/lessons/training-with-dp-sgd/train/settings';
import { errorScale } from '@/components/training/epsilon-panel/error-scale';
import { inPoints, pointsLost } from '@/components/training/epsilon-panel/gap';
import {
  filmOf,
  nearestRecorded,
  type RecordedCurves,
  recordedPair,
} from '@/components/training/epsilon-panel/recorded';
import {
  differsFromRecorded,
  FIXED,
  GRID,
  noiseMultiplierFor,
} from '@/components/training/epsilon-panel/run';
import {
  type OwnRun,
  resultInWords,
  untilPoint,
  whatIsShown,
} from '@/components/training/epsilon-panel/shown';
import {
  countRight,
  marksOf,
  packMarks,
  unpackMarks,
  WALL_DIGITS,
  WALL_STRIDE,
  wallOf,
} from '@/components/training/epsilon-panel/wall';
import { sliderEnds } from '@/lib/notebook/parameters';
import { preparedMnist } from '@/tests/harness/prepared';
import { ROOT } from '@/tests/harness/root';

const FILE = join(ROOT, 'components/training/epsilon-panel/recorded.json');
const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as RecordedCurves;
const numbers = (list: string) => list.split(' ').map(Number);

describe('the recording', () => {
  test('is small, and says how it was made', () => {
    expect(statSync(FILE).size).toBeLessThan(20_000);
    const { made } = recorded;
    expect(made).toMatchObject({
      command: 'npm run record-curves',
      noise: 'seeded',
      delta: FIXED.delta,
      maxGradNorm: FIXED.maxGradNorm,
      expectedBatchSize: FIXED.expectedBatchSize,
    });
    expect(made.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const words of [made.accountant, made.dataset, made.model, made.backend]) expect(words).not.toBe('');
  });

  test('holds the whole grid, ascending, from one end of the slider to the other', () => {
    const epsilons = recorded.private.map(({ epsilon }) => epsilon);
    expect(epsilons).toEqual([...GRID]);
    expect(epsilons).toEqual([...epsilons].sort((a, b) => a - b));
    const { min, max } = sliderEnds(trainParameters.declarations.epsilon);
    expect([epsilons[0], epsilons.at(-1)]).toEqual([min, max]);
  });

  test('has noise that the product calibrates, and spends no more than was asked for', () => {
    for (const { epsilon, spent, noiseMultiplier } of recorded.private) {
      expect(noiseMultiplier).toBe(noiseMultiplierFor(epsilon));
      expect(spent).toBeLessThanOrEqual(epsilon);
      expect(spent).toBeGreaterThan(0.98 * epsilon);
    }
  });

  test('has 51 points a curve, each ending near where it was before: what is last is what it learnt', () => {
    const steps = numbers(recorded.steps);
    expect(steps).toHaveLength(51);
    expect([steps[0], steps.at(-1)]).toEqual([0, FIXED.steps]);
    for (const { right } of [recorded.plain, ...recorded.private]) {
      const counts = numbers(right);
      expect(counts).toHaveLength(steps.length);
      expect(Math.max(...counts)).toBeLessThanOrEqual(recorded.tested);
      expect(Math.abs(counts.at(-1)! - counts.at(-4)!)).toBeLessThan(0.01 * recorded.tested);
      expect(counts.at(-1)!).toBeGreaterThan(5 * counts[0]!);
    }
  });

  test('reads more with every ε, and never as much as the plain model', () => {
    const finals = recorded.private.map(({ right }) => numbers(right).at(-1)!);
    expect(finals).toEqual([...finals].sort((a, b) => a - b));
    expect(numbers(recorded.plain.right).at(-1)!).toBeGreaterThan(finals.at(-1)!);
  });

  test('has a wall of digits that are in the test set, and pictures of the same ones', async () => {
    const { test: digits } = await preparedMnist();
    const labels = Array.from({ length: WALL_DIGITS }, (_, i) => digits.labels[i * WALL_STRIDE]!);
    expect(recorded.labels).toBe(labels.join(''));
    for (const { guesses } of [recorded.plain, ...recorded.private]) expect(guesses).toMatch(/^\d{100}$/);
    const sheet = join(ROOT, 'public/digits/wall.png');
    expect(statSync(sheet).size).toBeLessThan(20_000);
    const { data, info } = await sharp(sheet).greyscale().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([280, 280]);
    for (const digit of [0, 37, 99])
      for (let at = 0; at < 784; at += 7) {
        const x = (digit % 10) * 28 + (at % 28);
        const y = Math.floor(digit / 10) * 28 + Math.floor(at / 28);
        const ink = digits.images[digit * WALL_STRIDE * 784 + at]!;
        expect(Math.abs(data[y * info.width + x]! - ink)).toBeLessThan(32);
      }
  });

  test('has a film whose last frame is the wall that its run ended with', () => {
    const frames = filmOf(recorded);
    expect(frames).toHaveLength(51);
    expect(frames.at(-1)).toEqual(recordedPair(recorded, recorded.film.epsilon).marks);
    expect(countRight(frames[0]!.privateRight)).toBeLessThan(30);
  });
});

test('the lesson’s defaults are the settings that were recorded', () => {
  const defaults = paramsOf(trainParameters.defaults);
  expect(differsFromRecorded(defaults)).toBe(false);
  expect(differsFromRecorded({ ...defaults, steps: 100 })).toBe(true);
  expect(differsFromRecorded({ ...defaults, model: 'mlp' })).toBe(true);
});

test('the recorded run that is shown is the nearest by ratio, and one of those that were made', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.05, max: 20, noNaN: true }), (epsilon) => {
      const { epsilon: found } = nearestRecorded(recorded.private, epsilon);
      expect(GRID).toContain(found);
      const ratio = (one: number) => Math.max(one / epsilon, epsilon / one);
      for (const other of GRID) expect(ratio(found)).toBeLessThanOrEqual(ratio(other) * (1 + 1e-12));
    }),
  );
});

test('a gap is plain less private, in points to a tenth', () => {
  expect(pointsLost({ privateAccuracy: 0.971, plainAccuracy: 0.979 })).toBeCloseTo(0.8, 9);
  expect(inPoints(0.8000001)).toBe('0.8 points');
  expect(inPoints(1.04)).toBe('1.0 point');
  expect(inPoints(-0.12)).toBe('−0.1 points');
  expect(inPoints(-0.01)).toBe('0.0 points');
  expect(inPoints(12.34)).toBe('12.3 points');
});

describe('the axis of errors', () => {
  test('spreads 90 to 98 % over more than a third of the height', () => {
    const { place } = errorScale([0.971, 0.979]);
    expect(place(0.98) - place(0.9)).toBeGreaterThan(0.33);
  });

  test('rises with accuracy, stays within its ends, and names accuracies that lie apart', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { maxLength: 4 }), share, share, (ends, a, b) => {
        const { place, ticks } = errorScale(ends);
        expect(place(Math.min(a, b))).toBeLessThanOrEqual(place(Math.max(a, b)));
        for (const accuracy of [a, b]) {
          expect(place(accuracy)).toBeGreaterThanOrEqual(0);
          expect(place(accuracy)).toBeLessThanOrEqual(1);
        }
        for (const [i, tick] of ticks.entries())
          if (i > 0) expect(place(tick) - place(ticks[i - 1]!)).toBeGreaterThan(0.06);
      }),
    );
  });

  test('shows where every curve ends', () => {
    for (const end of [0.3, 0.6, 0.9, 0.971, 0.988, 0.995]) {
      const { low, high } = errorScale([end]);
      expect(end).toBeGreaterThan(low);
      expect(end).toBeLessThan(high);
    }
  });
});

test('a hundred marks are packed into 25 characters, and come back', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 100, maxLength: 100 }), (marks) => {
      expect(packMarks(marks)).toHaveLength(25);
      expect(unpackMarks(packMarks(marks))).toEqual(marks);
    }),
  );
});

test('the wall is every hundredth digit, with what both models say', () => {
  const labels = Uint8Array.from({ length: 10_000 }, (_, i) => Math.floor(i / 100) % 10);
  const wrong = labels.map((label, i) => (i === 300 ? label + 1 : label));
  const wall = wallOf(labels, wrong, labels);
  expect(wall.labels.slice(0, 12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  const { privateRight, plainRight } = marksOf(wall);
  expect(privateRight.indexOf(false)).toBe(3);
  expect([countRight(privateRight), countRight(plainRight)]).toEqual([99, 100]);
});

describe('what is shown', () => {
  const pair = recordedPair(recorded, 2);
  const own: OwnRun = {
    updates: [
      { step: 0, privateAccuracy: 0.1, plainAccuracy: 0.1, epsilon: 0, wall: null },
      { step: 20, privateAccuracy: 0.95, plainAccuracy: 0.96, epsilon: 1.2, wall: null },
    ],
    epsilon: 2,
    total: 20,
    seeded: false,
    stale: false,
    busy: false,
  };

  test('is a recording, and says so, until there is a run', () => {
    const shown = whatIsShown(pair, null, true);
    expect([shown.origin, shown.spent, shown.epsilon]).toEqual(['recorded', null, 2]);
    expect(shown.focus.words).toBe('recorded at ε 2');
    expect(shown.focus.look).toBe('recorded');
  });

  test('is the run of one’s own while it belongs to the settings, over the recording it can be compared with', () => {
    const shown = whatIsShown(pair, own, true);
    expect([shown.origin, shown.spent, shown.total]).toEqual(['live', 1.2, 20]);
    expect(shown.others.map(({ look }) => look)).toEqual(['recorded']);
    expect(whatIsShown(pair, own, false).others).toEqual([]);
  });

  test('is the recording again when the slider moves on, with the run thin behind it', () => {
    const shown = whatIsShown(pair, { ...own, stale: true }, true);
    expect(shown.origin).toBe('recorded');
    expect(shown.others.map(({ words }) => words)).toEqual(['your run at ε 2']);
    expect(whatIsShown(pair, { ...own, stale: true, busy: true }, true).origin).toBe('live');
  });

  test('is, in a film, as far as it has got', () => {
    const frames = filmOf(recorded);
    const shown = untilPoint(whatIsShown(pair, null, true), 3, frames);
    expect(shown.focus.curve.map(({ step }) => step)).toEqual([0, 4, 8, 12]);
    expect(shown.marks).toBe(frames[3]);
    expect(shown.last.step).toBe(12);
  });

  test('is said in numbers when it is over', () => {
    expect(resultInWords(own)).toBe('Private 95.0 %, plain 96.0 %, ε 2 spent. Privacy costs 1.0 point.');
    expect(resultInWords({ ...own, seeded: true })).toContain('no ε covers it');
  });
});
