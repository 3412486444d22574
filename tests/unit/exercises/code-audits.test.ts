/**
 * Audits of learners' code: a program that does what its task says is not refuted, and yet much of its ε is proven; planted faults are
 * refuted, each in the look that is made for it.
 */
import { expect, test } from 'vitest';
import {
  AUDIT_P_VALUE,
  AUDITED_EXERCISES,
  type AuditedExercise,
  type Program,
  ProgramError,
  Unusable,
} from '@/lib/exercises';
import { type Look, runAudit } from '@/lib/exercises/audits/audit';
import { gaussianShiftAudit } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { auditInNode, programOf } from '@/tests/harness/exercise-grade';
import { textOf, WRONG } from './wrong-programs';

const wrong = (exercise: AuditedExercise, name: string) =>
  textOf(programOf(exercise, 'solution'), WRONG[exercise][name]!);

test.each(AUDITED_EXERCISES)(
  '%s: the reference is not refuted, and most of its ε is proven',
  async (exercise) => {
    const { lowerBound, claimed } = await auditInNode(exercise, programOf(exercise, 'solution'), 1);
    expect(lowerBound).toBeLessThanOrEqual(claimed);
    expect(lowerBound).toBeGreaterThan(0.7 * claimed);
  },
);

test.each([
  ['laplace-mechanism', 'half the scale', 'answer'],
  ['laplace-mechanism', 'noise used twice', 'next'],
  ['laplace-mechanism', 'a seed in the code', 'second-start'],
  ['clip-per-example', 'clips the batch', 'contradicted'],
  ['dp-sgd-step', 'half the noise', 'own-weight'],
  ['dp-sgd-step', 'divides by the drawn lot, or one', 'contradicted'],
  ['dp-sgd-step', 'one noise for all weights', 'beside'],
  ['dp-sgd-step', 'a seed in the code', 'second-start'],
  ['dp-sgd-step', 'no noise when nobody was drawn', 'alone'],
] as const)('%s, %s: refuted by “%s”', async (exercise, name, look) => {
  const { looks, claimed } = await auditInNode(exercise, wrong(exercise, name), 2);
  const { bounds } = looks.find(({ id }) => id === look)!;
  expect(Math.max(...Object.values(bounds))).toBeGreaterThan(claimed);
});

test('what releases nothing about anybody is not accused', async () => {
  const silent = 'const step = (weights) => weights; const clipAndSum = ([first]) => first.map(() => 0);';
  for (const exercise of ['dp-sgd-step', 'clip-per-example'] as const)
    expect((await auditInNode(exercise, silent, 3)).lowerBound).toBe(0);
});

test('answers that are no numbers, and numbers beyond all measure, are no way out', async () => {
  await expect(auditInNode('dp-sgd-step', 'const step = () => NaN;', 4)).rejects.toThrow(Unusable);
  await expect(auditInNode('dp-sgd-step', 'const step = 1;', 4)).rejects.toThrow(ProgramError);
  const huge = 'const step = (w, g) => w.map((x, i) => g.some((one) => one[i] > 0) ? -1e300 : 1e300);';
  const { looks, claimed } = await auditInNode('dp-sgd-step', huge, 4);
  for (const { bounds } of looks) for (const epsilon of Object.values(bounds)) expect(epsilon).not.toBeNaN();
  expect(looks[0]!.bounds.shift).toBeGreaterThan(claimed);
});

test('all bounds of an audit together are held to its level', async () => {
  const coin = new SeededRandom(5);
  const included = Array.from({ length: 200 }, () => coin.bernoulli(0.5));
  const scored = { included, scores: included.map((one) => Number(one) + coin.gaussian()) };
  const look = (id: string): Look => ({ id, words: id, bounds: ['curve', 'shift'], scored });
  const audit = {
    ...{ claim: '', claimed: 1, delta: 1e-5, canaries: 200 },
    looks: async () => [look('one'), look('other')],
  };
  const nobody: Program = { call: async () => [], again: async () => nobody };
  const { looks } = await runAudit(audit, nobody, coin);
  const { epsilonLowerBound } = gaussianShiftAudit({ ...scored, delta: 1e-5, pValue: AUDIT_P_VALUE / 4 });
  for (const { bounds } of looks) expect(bounds.shift).toBeCloseTo(epsilonLowerBound, 12);
});
