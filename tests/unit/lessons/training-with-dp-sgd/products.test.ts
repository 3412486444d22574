/** Seeds are published with what they gave: such a run must not depend on how a processor rounds. */
import { expect, test } from 'vitest';
import { productsFor } from '@/components/lessons/training-with-dp-sgd/experiments/digit-learner';

test('a seeded run takes products that are the same on every machine', () => {
  expect(productsFor('seeded')).toBe('separate');
  expect(productsFor('cryptographic')).toBe('fused');
});
