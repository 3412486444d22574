import { describe, expect, it } from 'vitest';
import { formatSeconds } from '@/components/notebook/time';
import { fileName } from '@/components/ui/download';
import { slugOf } from '@/components/ui/heading';

describe('words', () => {
  it('says durations as people do', () => {
    expect([0.0004, 0.068, 1.234, 42.4, 89.7, 119.7, 125].map(formatSeconds)).toEqual([
      '1 ms',
      '68 ms',
      '1.2 s',
      '42 s',
      '90 s',
      '2 min 0 s',
      '2 min 5 s',
    ]);
  });

  it('names files and headings in plain letters', () => {
    expect(fileName('ε spent, at δ = 1e-5', 'csv')).toBe('epsilon-spent-at-1e-5.csv');
    expect(slugOf('Look inside: what is added?')).toBe('look-inside-what-is-added');
  });
});
