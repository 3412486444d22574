import { expect, test } from 'vitest';
import { runSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import type { Kept } from '../../pages/data/digits';

test.skipIf(!hasChromium())(
  'rows are kept in Chromium, and come back into memory of WebAssembly',
  async () => {
    const found = await runSuite<Kept>('tests/pages/data/digits.ts', { task: 'keep' }, { gpu: 'no-gpu' });
    expect(found).toEqual({ kept: true, read: true, same: true, newer: true, older: false, resident: true });
  },
);
