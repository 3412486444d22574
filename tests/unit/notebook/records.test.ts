import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { whenHidden } from '@/lib/notebook/hidden';
import { readRunRecord } from '@/lib/notebook/read-run-record';
import { runKey } from '@/lib/notebook/run-key';
import { makeRunRecord, runRecordFileName, writeRunRecord } from '@/lib/notebook/run-record';
import { SITE_VERSION } from '@/lib/runtime';
import packageJson from '../../../package.json' with { type: 'json' };

const run = {
  version: SITE_VERSION,
  lesson: 'training-with-dp-sgd',
  cell: 'train',
  title: 'Train',
  experiment: 'train-mnist',
  params: { noiseMultiplier: 1.369, steps: 200 },
  state: 'done' as const,
  provenance: {
    origin: 'live' as const,
    backend: 'wasm',
    adapter: '2 threads',
    softwareGpu: false,
    noise: 'cryptographic' as const,
    seed: null,
    accountant: 'RDP',
    epsilon: 2,
    delta: 1e-5,
    dataset: 'MNIST',
    finishedAt: '2026-11-23T09:30:00.000Z',
    seconds: 4.2,
    version: SITE_VERSION,
  },
  failure: null,
  updates: [
    { step: 1, accuracy: 0.5, loss: Number.POSITIVE_INFINITY, pixels: new Uint8Array([0, 128, 255]) },
    { step: 2, accuracy: Number.NaN, loss: 0.25, norms: new Float32Array([0.1, Number.NaN]) },
  ],
  result: { accuracy: 0.971, missing: null },
  link: '#v=1&eps=2',
};
const record = makeRunRecord(run, new Date('2026-11-23T09:30:00Z'));

describe('a run record', () => {
  test('comes back from its file as it was, typed arrays, NaN and infinity included', () => {
    expect(readRunRecord(writeRunRecord(record))).toEqual(record);
  });

  test('says which version made it: the one in package.json', () => {
    expect(record.version).toBe(packageJson.version);
  });

  test('leaves pictures out, and says so', () => {
    const picture = { width: 64, height: 64, data: new Uint8ClampedArray(64 * 64 * 4) };
    const text = writeRunRecord({ ...record, result: { picture } });
    expect(text.length).toBeLessThan(4000);
    expect(JSON.parse(text).result.picture.data).toEqual({
      $: 'omitted',
      kind: 'Uint8ClampedArray',
      length: 16384,
    });
  });

  test('is named after its cell and time', () => {
    expect(runRecordFileName(record)).toBe('train-2026-11-23T09-30-00.json');
  });

  test.each([
    ['record-unreadable', 'not json'],
    ['record-foreign', '{"format":"something else"}'],
    ['record-foreign', '[]'],
    ['record-foreign', 'null'],
    ['record-newer', JSON.stringify({ ...JSON.parse(writeRunRecord(record)), schema: 2 })],
    [
      'record-damaged',
      JSON.stringify({ ...JSON.parse(writeRunRecord(record)), provenance: { epsilon: -1 } }),
    ],
    ['record-damaged', JSON.stringify({ ...JSON.parse(writeRunRecord(record)), updates: 'none' })],
  ])('%s', (code, text) => {
    expect(() => readRunRecord(text)).toThrow(expect.objectContaining({ code, remedy: expect.any(String) }));
  });

  test('cut or changed anywhere, it is read as it is or refused in words; nothing else is thrown', () => {
    const text = writeRunRecord(record);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string({ maxLength: 4 }), (at, cut, put) => {
        try {
          readRunRecord(text.slice(0, at) + put + text.slice(at + cut));
        } catch (error) {
          expect(error).toMatchObject({ name: 'RunRecordError' });
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parameters as a key', () => {
  test('are equal for equal values, whatever their order, and differ otherwise', () => {
    const plain = fc.jsonValue();
    fc.assert(
      fc.property(plain, (value) => {
        expect(runKey(structuredClone(value))).toBe(runKey(value));
      }),
    );
    expect(runKey({ a: 1, b: [1, 2] })).toBe(runKey({ b: [1, 2], a: 1 }));
    const different = [
      1,
      '1',
      true,
      null,
      [1],
      { a: 1 },
      { a: '1' },
      { a: 1, b: 1 },
      Number.NaN,
      'NaN',
      '#NaN',
    ];
    expect(new Set(different.map(runKey)).size).toBe(different.length);
  });
});

describe('a hidden page', () => {
  function page(hidden = false) {
    const target = Object.assign(new EventTarget(), { hidden });
    const become = (now: boolean) => {
      target.hidden = now;
      target.dispatchEvent(new Event('visibilitychange'));
    };
    return { target, become, tell: vi.fn() };
  }

  test('tells when it is hidden and when it is seen again', () => {
    const { target, become, tell } = page();
    whenHidden(target, tell);
    expect(tell).not.toHaveBeenCalled();
    become(true);
    become(false);
    expect(tell.mock.calls).toEqual([[true], [false]]);
  });

  test('that was opened in the background tells at once', () => {
    const { target, tell } = page(true);
    whenHidden(target, tell);
    expect(tell.mock.calls).toEqual([[true]]);
  });

  test('that was left is watched no more', () => {
    const { target, become, tell } = page();
    whenHidden(target, tell)();
    become(true);
    expect(tell).not.toHaveBeenCalled();
  });
});
