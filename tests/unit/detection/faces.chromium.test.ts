import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Detection } from '@/lib/detection';
import { type OpenSuite, openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import { expectLogits, expectReferenceFaces, faceReference, PACKAGE, referenceCases } from './support/faces';

describe.skipIf(!hasChromium())('the face detector in Chromium', () => {
  let suite: OpenSuite;
  beforeAll(async () => {
    suite = await openSuite('tests/pages/detection/faces.ts', {
      folders: { '/model/': `${PACKAGE}/model`, '/photos/': `${PACKAGE}/demo` },
    });
  });
  afterAll(() => suite?.close());

  describe.each(['wasm', 'webgl', 'webgpu'])('on %s', (backend) => {
    it('gives the reference logits', async () => {
      const { answer, leaked } = await suite.call<{ answer: number[]; leaked: number }>({
        backend,
        kind: 'synthetic',
        size: 64,
      });
      expectLogits(answer, faceReference.synthetic['64']!);
      expect(leaked).toBe(0);
    });

    it('finds the reference faces in every photo', async () => {
      // Software GPUs take seconds a picture: the smaller input size is tried on one photo there, on all by WASM.
      const cases = referenceCases.filter(
        ({ name, size }) => backend === 'wasm' || size === 416 || name === 'sample1.jpg',
      );
      for (const { name, size } of cases) {
        const { answer, leaked } = await suite.call<{ answer: Detection[]; leaked: number }>({
          backend,
          kind: 'detect',
          photo: `/photos/${name}`,
          inputSize: size,
          confidence: 0.5,
        });
        expectReferenceFaces(answer, name, size);
        expect(leaked).toBe(0);
      }
    });
  });
});
