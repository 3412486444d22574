/** What the speaker's clock reads. */
import { expect, test } from 'vitest';
import { clockOf, elapsedOf } from '@/components/notebook/speaker-clock';

test.each([
  [0, '0:00'],
  [7900, '0:07'],
  [750_000, '12:30'],
  [3_723_000, '1:02:03'],
  [-5000, '0:00'],
])('%i ms are %s', (milliseconds, read) => expect(elapsedOf(milliseconds)).toBe(read));

test('the hour of the day', () => expect(clockOf(new Date(2026, 0, 1, 9, 5))).toBe('09:05'));
