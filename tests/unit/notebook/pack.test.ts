import fc from 'fast-check';
import { deflateSync } from 'fflate';
import { expect, it } from 'vitest';
import { packText, unpackText } from '@/lib/notebook/pack';

it('gives back any text, in letters that an address may hold', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
      const packed = packText(text);
      expect(packed).toMatch(/^1\.[\w-]*$/);
      expect(unpackText(packed)).toBe(text);
    }),
  );
});

it('reads a link of the first version', () => {
  // Never change this: people have such links.
  expect(unpackText('1.S87PK87PSdXLyU_XMFPQUjDXtOYCAA')).toBe('console.log(6 * 7);\n');
});

it('never throws, and never unfolds without end', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      unpackText(text);
      unpackText(`1.${text}`);
    }),
    { numRuns: 2000 },
  );
  const bomb = deflateSync(new Uint8Array(50_000_000), { level: 9 });
  const letters = btoa(String.fromCharCode(...bomb.subarray(0, 60_000)));
  const unfolded = unpackText(`1.${letters.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`);
  expect(unfolded === null || unfolded.length <= 200_000).toBe(true);
});
