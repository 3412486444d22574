/** How much of what code puts out a page holds. */
import { expect, test } from 'vitest';
import { NO_OUTPUTS, withMore } from '@/components/code/bounded';

const text = (id: number, length: number) => ({
  id,
  output: { kind: 'text' as const, level: 'log' as const, text: 'x'.repeat(length) },
});

test('so many outputs', () => {
  const all = Array.from({ length: 1000 }, (_, id) => text(id, 1));
  const { shown, gone } = withMore(withMore(NO_OUTPUTS, all.slice(0, 500)), all.slice(500));
  expect(shown).toHaveLength(300);
  expect(gone).toBe(700);
  expect(shown.at(-1)!.id).toBe(999);
});

test('so much text, and always the last', () => {
  const { shown, gone } = withMore(
    NO_OUTPUTS,
    Array.from({ length: 150 }, (_, id) => text(id, 19_000)),
  );
  expect(shown.length).toBe(31);
  expect(gone).toBe(119);
  expect(withMore(NO_OUTPUTS, [text(1, 5), text(2, 1e6)]).shown.map(({ id }) => id)).toEqual([2]);
});
