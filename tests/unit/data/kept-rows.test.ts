import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepRows, readRows } from '@/lib/data';
import { allocateRows } from '@/lib/kernels/resident-rows';
import { type FakeFiles, stubFiles } from './support/fake-files';

const KEY = { what: 'oriented-gradients-all', version: '1-abc' };
const NAME = '/rows-v1/oriented-gradients-all.1-abc';

/** Rows of more than one piece, and labels of an odd number. */
function parts() {
  const rows = allocateRows(1500, 392);
  for (let i = 0; i < rows.length; i++) rows[i] = Math.fround(Math.sin(i) * (i % 101));
  return [rows, Uint8Array.from({ length: 1501 }, (_, i) => i % 10)] as const;
}
const room = () => [allocateRows(1500, 392), new Uint8Array(1501)] as const;
const same = (a: readonly ArrayBufferView[], b: readonly ArrayBufferView[]) =>
  a.every(
    (part, i) =>
      Buffer.from(part.buffer, part.byteOffset, part.byteLength).compare(
        Buffer.from(b[i]!.buffer, b[i]!.byteOffset, b[i]!.byteLength),
      ) === 0,
  );

let fake: FakeFiles;
beforeEach(() => {
  fake = stubFiles();
});
afterEach(() => vi.unstubAllGlobals());

it('come back as they were, in the memory that was given', async () => {
  const kept = parts();
  expect(await readRows(KEY, room())).toBe(false);
  expect(await keepRows(KEY, kept)).toBe(true);
  const back = room();
  expect(await readRows(KEY, back)).toBe(true);
  expect(same(kept, back)).toBe(true);
});

it('are asked for by what they follow from: another version is another file', async () => {
  await keepRows(KEY, parts());
  expect(await readRows({ ...KEY, version: '2-abc' }, room())).toBe(false);
  expect(await readRows({ ...KEY, what: 'gabor-all' }, room())).toBe(false);
});

it('drop their earlier versions, and nothing else', async () => {
  await keepRows({ ...KEY, version: '0-abc' }, parts());
  await keepRows({ what: 'gabor-all', version: '0-abc' }, parts());
  await keepRows(KEY, parts());
  expect([...fake.files.keys()].sort()).toEqual(['/rows-v1/gabor-all.0-abc', NAME]);
});

describe('are thrown away and not believed', () => {
  const size = 32 + 1500 * 392 * 4 + 1501;
  it.each<[string, number]>([
    ['in the mark', 3],
    ['in the length', 9],
    ['in the checksum', 17],
    ['in the first number', 32],
    ['where two pieces meet', 32 + 2 ** 21],
    ['in the middle', 1_234_567],
    ['in the last label', size - 1],
  ])('with one bit off %s', async (_, at) => {
    await keepRows(KEY, parts());
    fake.files.get(NAME)![at]! ^= 4;
    expect(await readRows(KEY, room())).toBe(false);
    expect(fake.files.size).toBe(0);
  });

  it.each([0, 31, 32, 1_000_000, size - 1])('cut short to %i bytes', async (length) => {
    await keepRows(KEY, parts());
    expect(fake.files.get(NAME)).toHaveLength(size);
    fake.files.set(NAME, fake.files.get(NAME)!.slice(0, length));
    expect(await readRows(KEY, room())).toBe(false);
    expect(fake.files.size).toBe(0);
  });

  it('where the writing broke off: the mark comes last', async () => {
    let breaths = 0;
    let before: Uint8Array | undefined;
    await keepRows(KEY, parts(), async () => {
      if (++breaths === 2) before = fake.files.get(NAME)!.slice();
    });
    fake.files.set(NAME, before!);
    expect(before!.subarray(0, 32)).toEqual(new Uint8Array(32));
    expect(await readRows(KEY, room())).toBe(false);
  });

  it('where two parts have changed places', async () => {
    const [rows, labels] = parts();
    rows.subarray(0, 4).fill(1);
    rows.subarray(4, 8).fill(2);
    await keepRows(KEY, [rows, labels]);
    const content = fake.files.get(NAME)!;
    const first = content.slice(32, 48);
    content.set(content.slice(48, 64), 32);
    content.set(first, 48);
    expect(await readRows(KEY, room())).toBe(false);
  });
});

describe('are not kept, silently', () => {
  it('where the storage is full: nothing stays of them', async () => {
    fake.room = 2_100_000;
    expect(await keepRows(KEY, parts())).toBe(false);
    expect(fake.files.size).toBe(0);
  });

  it('where another tab has the file, which stays', async () => {
    await keepRows(KEY, parts());
    const reading = readRows(KEY, room(), async () => {
      expect(await readRows(KEY, room())).toBe(false);
      expect(await keepRows(KEY, parts())).toBe(false);
    });
    expect(await reading).toBe(true);
    expect(await readRows(KEY, room())).toBe(true);
  });

  it.each([
    ['there is no storage', {}],
    [
      'it is refused',
      { storage: { getDirectory: () => Promise.reject(new DOMException('', 'SecurityError')) } },
    ],
  ])('where %s', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator);
    expect(await keepRows(KEY, parts())).toBe(false);
    expect(await readRows(KEY, room())).toBe(false);
  });
});

it('stop where they are told to, and the file stays', async () => {
  await keepRows(KEY, parts());
  const reading = readRows(KEY, room(), async () => {
    throw new Error('enough');
  });
  await expect(reading).rejects.toThrow('enough');
  expect(await readRows(KEY, room())).toBe(true);
});
