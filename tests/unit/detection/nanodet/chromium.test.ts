import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detection } from '@/lib/detection';
import { type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import { ROOT } from '@/tests/harness/root';
import {
  expectRaw,
  expectSame,
  PUBLISHED_FOLDER,
  rawReference,
  SITE_FOLDER,
  sampleReference,
} from './support/reference';
import type { Answered } from './support/run';

describe.skipIf(!hasChromium())('NanoDet in Chromium', () => {
  let suite: OpenSuite;
  beforeAll(async () => {
    suite = await openSuite('tests/pages/detection/nanodet.ts', {
      folders: {
        '/published/': PUBLISHED_FOLDER,
        '/site/': SITE_FOLDER,
        '/samples/': `${ROOT}/public/samples`,
      },
      timeout: 600_000,
    });
  });
  afterAll(() => suite?.close());

  describe.each(['wasm', 'webgl', 'webgpu'])('on %s', (backend) => {
    it('gives the reference values, layer by layer', async () => {
      const reference = rawReference.synthetic320!;
      const { answer } = await suite.call<{ answer: Answered }>({
        ...{ backend, weights: 'published', kind: 'raw', picture: null, asked: reference },
      });
      expectRaw(answer, reference);
      // A software GPU compiles some forty shaders first.
    }, 600_000);
  });

  // The boxes are worked out by the same code everywhere: once more on top of the layers is enough, where it is quick.
  it('finds what is on a sample picture, with the weights that are served', async () => {
    const { answer, leaked } = await suite.call<{ answer: Detection[]; leaked: number }>({
      ...{ backend: 'wasm', weights: 'site', kind: 'detect', picture: '/samples/cat.jpg' },
      ...{ inputSize: 416, confidence: 0.25, everyName: true },
    });
    expectSame(answer, sampleReference['cat.jpg']!, { iou: 0.85, score: 0.08 });
    expect(leaked).toBe(0);
  });
});
