/** Files as the page reads them: turned the right way up, also in browsers that do not know the word `from-image`. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { openSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';

/** A JPEG that says it is to be turned by a quarter: EXIF orientation 6, as phones write it. */
function turned(jpeg: Buffer): Buffer {
  const exif = Buffer.from('45786966000049492a0008000000010012010300010000000600000000000000', 'hex');
  const marker = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), marker, exif, jpeg.subarray(2)]);
}

describe.skipIf(!hasChromium())('a picture’s file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'turned-'));
  writeFileSync(join(folder, 'turned.jpg'), turned(readFileSync('public/samples/animals.jpg')));
  afterAll(() => rmSync(folder, { recursive: true }));

  // A page each: what a browser knows is asked once.
  let suite: Awaited<ReturnType<typeof openSuite>>;
  beforeEach(async () => {
    suite = await openSuite('tests/pages/vision/read-file.ts', { folders: { '/pictures/': folder } });
    return () => suite.close();
  });

  it.each([undefined, 'from-image', 'options'])('is read and turned where %s is refused', async (refused) => {
    const question = { url: '/pictures/turned.jpg', limit: 320, refused };
    const { width, height } = await suite.call<{ width: number; height: number }>(question);
    expect({ width, height }).toEqual({ width: 240, height: 320 });
  });
});
