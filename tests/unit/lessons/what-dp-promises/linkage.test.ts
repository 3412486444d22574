/** Names put back onto a file without names, counted on a town of five and on a made-up one. */
import { describe, expect, test } from 'vitest';
import {
  link,
  makeFiles,
  makeTown,
  type Resident,
  shown,
} from '@/components/lessons/what-dp-promises/experiments/town';

const person = (
  id: number,
  born: string,
  postcode: string,
  sex: 'F' | 'M',
  diagnosis: Resident['diagnosis'],
): Resident => ({ id, name: `Person ${id}`, born, postcode, sex, diagnosis });

const EXACT = { postcode: 'full', born: 'day', sex: 'shown' } as const;
const COARSE = { postcode: 'district', born: 'decade', sex: 'none' } as const;

describe('a small file', () => {
  const a = person(1, '1971-03-02', '1001', 'F', 'asthma');
  const b = person(2, '1971-03-02', '1001', 'F', 'migraine');
  const c = person(3, '1979-12-31', '1003', 'M', 'asthma');
  const d = person(4, '1980-01-01', '1003', 'M', 'asthma');
  const e = person(5, '1980-01-01', '1003', 'M', 'asthma');

  test('counts who stands alone, groups of one diagnosis, and k', () => {
    const found = link([a, b, c, d, e], [], EXACT);
    expect(found).toMatchObject({ unique: 1, alike: 2, smallest: 1, links: [] });
    expect(found.sizes.map(({ records }) => records)).toEqual([1, 4, 0, 0, 0, 0, 0]);
    expect(link([], [], EXACT).smallest).toBe(0);
  });

  test('names a record only if it and one person of the list stand alone', () => {
    expect(link([c], [c, d], EXACT).links).toEqual([{ record: c, claimed: c }]);
    // d and e cannot be told apart, neither in the file nor on the list.
    expect(link([d, e], [d], EXACT).links).toEqual([]);
    expect(link([d], [d, e], EXACT).links).toEqual([]);
    // The wrong name: d is in the file, only e is on the list.
    expect(link([d], [e], EXACT).links).toEqual([{ record: d, claimed: e }]);
  });

  test('coarser columns make larger groups, at their own borders', () => {
    expect(shown(c, COARSE)).toEqual({ postcode: '10**', born: '1970s', sex: '*' });
    const found = link([a, b, c, d, e], [], COARSE);
    expect(found).toMatchObject({ unique: 0, alike: 2, smallest: 2 });
  });
});

test('in a town, coarsening leaves ever fewer alone, and every record is in one group', () => {
  const town = makeTown(2000, 1);
  expect(makeTown(2000, 1)).toEqual(town);
  const { file, list } = makeFiles(town, 0.7, 1);
  const steps = [
    EXACT,
    { ...EXACT, born: 'year' },
    { ...EXACT, born: 'decade' },
    COARSE,
    { postcode: 'none', born: 'none', sex: 'none' },
  ] as const;
  const alone = steps.map((detail) => {
    const found = link(file, list, detail);
    expect(found.sizes.reduce((sum, { records }) => sum + records, 0)).toBe(file.length);
    return found.unique;
  });
  expect(alone[0]! / file.length).toBeGreaterThan(0.99);
  expect(alone).toEqual([...alone].sort((a, b) => b - a));
  expect(alone.at(-1)).toBe(0);
  // Seven in ten are on the list; with the day of birth nearly all of these names are right.
  const { links } = link(file, list, EXACT);
  const right = links.filter(({ record, claimed }) => record.id === claimed.id).length;
  expect(right / file.length).toBeGreaterThan(0.64);
  expect(right / links.length).toBeGreaterThan(0.98);
});
