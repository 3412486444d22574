/** Clipping under the whole detection loss in real Chromium, on WASM and both GPU backends (software adapters). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startBackend } from '@/tests/harness/backend';
import { type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import { expectLoss } from './support/expect-loss';
import { checkLoss, type LossCheck } from './support/loss-check';

describe.skipIf(!hasChromium())('the detection loss in Chromium', () => {
  let suite: OpenSuite;
  beforeAll(async () => {
    suite = await openSuite('tests/pages/detection/scenes/loss.ts');
  });
  afterAll(() => suite?.close());

  test.each(['wasm', 'webgl', 'webgpu'])('on %s, it clips as a loop over scenes does', async (backend) => {
    const found = await suite.call<LossCheck>({ backend });
    expectLoss(found);
    // And the numbers are those of plain JavaScript, not only equal to each other.
    await startBackend('cpu');
    const { norms } = await checkLoss();
    for (const [i, norm] of norms.loop.entries())
      expect(Math.abs(found.norms.together[i]! - norm) / norm).toBeLessThan(1e-5);
  });
});
