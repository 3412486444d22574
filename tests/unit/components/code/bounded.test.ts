/** How much of what code puts out a page holds. */
import { expect, test } from 'vitest';
import { NO_OUTPUTS, type Numbered, withMore } from '@/components/code/bounded';

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

const table = (id: number, cell: string | number): Numbered => ({
  id,
  output: {
    kind: 'table',
    spec: { title: 'T', columns: ['a', 'b'], rows: Array.from({ length: 1000 }, () => [cell, cell]) },
  },
});

test('eight long tables of numbers, but not hundreds that hold a book each', () => {
  const eight = Array.from({ length: 8 }, (_, id) => table(id, 0.123456));
  expect(withMore(NO_OUTPUTS, eight).gone).toBe(0);
  const books = Array.from({ length: 40 }, (_, id) => table(id, 'x'.repeat(1000)));
  const kept = withMore(NO_OUTPUTS, books);
  expect(kept.gone).toBeGreaterThan(20);
  expect(kept.shown.length).toBeGreaterThan(2);
});
