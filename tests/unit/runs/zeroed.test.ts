/** What could not be clipped is told with a run's results, and only where there was any. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { ProvenanceLine } from '@/components/notebook/provenance-line';
import { readRunRecord } from '@/lib/notebook/read-run-record';
import { RUN_RECORD_FORMAT, RUN_RECORD_SCHEMA } from '@/lib/notebook/run-record';
import { tellZeroed } from '@/lib/runs/zeroed';
import type { Provenance, ProvenanceFacts } from '@/lib/runtime';

const told = (...zeroed: number[]) => {
  const facts: ProvenanceFacts[] = [];
  tellZeroed({ describe: (fact) => void facts.push(fact) }, ...zeroed);
  return facts;
};

const provenance = (zeroed?: number): Provenance => ({
  ...{
    origin: 'live',
    backend: 'cpu',
    adapter: null,
    softwareGpu: false,
    noise: 'cryptographic',
    seed: null,
  },
  ...{ accountant: null, epsilon: 2, delta: 1e-5, dataset: null, seconds: 3, version: '1' },
  ...{ finishedAt: '2026-11-01T10:00:00.000Z' },
  ...(zeroed === undefined ? {} : { zeroed }),
});
const line = (zeroed?: number) =>
  renderToStaticMarkup(createElement(ProvenanceLine, { provenance: provenance(zeroed) }));

test('models are counted together, and none are not spoken of', () => {
  expect(told(0, 0)).toEqual([]);
  expect(told(2, 0, 3)).toEqual([{ zeroed: 5 }]);
});

describe('the line below a run', () => {
  test('says how many counted as zero, and that no ε covers their number', () => {
    expect(line(1)).toContain('1 contribution was infinite or no number, and counted as zero');
    expect(line(1200)).toContain('1,200 contributions were infinite or no number');
    expect(line(3)).toMatch(/Counted as zero.*3 gradients or updates.*covered by no ε/);
  });

  test('says nothing where all were numbers', () => {
    expect(line()).not.toMatch(/zero/i);
  });
});

test('a file of a run keeps the number', () => {
  const record = (zeroed?: unknown) =>
    JSON.stringify({
      ...{ format: RUN_RECORD_FORMAT, schema: RUN_RECORD_SCHEMA, version: '1', lesson: 'a', cell: 'b' },
      ...{ title: 'c', experiment: 'd', params: {}, state: 'done', failure: null, updates: [], result: 1 },
      provenance: { ...provenance(), ...(zeroed === undefined ? {} : { zeroed }) },
      ...{ link: '', exportedAt: '' },
    });
  expect(readRunRecord(record(3)).provenance?.zeroed).toBe(3);
  expect(readRunRecord(record()).provenance).not.toHaveProperty('zeroed');
  expect(() => readRunRecord(record(-1))).toThrow();
});
