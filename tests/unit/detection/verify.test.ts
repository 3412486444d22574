import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as faces from '@/tests/commands/verify/faces';
import * as map from '@/tests/commands/verify/map';
import * as nanodet from '@/tests/commands/verify/nanodet';
import { CHECKERS } from '@/tests/commands/verify/registry';
import { ROOT } from '@/tests/harness/root';

const read = (name: string) => {
  const path = join(ROOT, 'tests/fixtures/reference', name);
  return { path, json: JSON.parse(readFileSync(path, 'utf8')) };
};

describe('checking reference files', () => {
  it('knows each form by its structure, and no other', () => {
    const [face, accuracy] = [read('tiny_face_detections.json').json, read('map_golden.json').json];
    expect([faces.canCheck(face), faces.canCheck(accuracy)]).toEqual([true, false]);
    expect([map.canCheck(face), map.canCheck(accuracy)]).toEqual([false, true]);
    for (const other of [null, 3, [], {}, { cases: 1 }, { images: {} }, { images: { a: null } }])
      expect([faces.canCheck(other), map.canCheck(other)]).toEqual([false, false]);
  });

  it('knows NanoDet’s layers and boxes from those of other networks', () => {
    for (const name of ['nanodet_raw.json', 'nanodet_detections.json', 'nanodet_samples.json']) {
      const { json } = read(name);
      const known = CHECKERS.filter(({ canCheck }) => canCheck(json));
      expect([name, known]).toEqual([name, [nanodet]]);
    }
    for (const name of ['tiny_face_detections.json', 'yolo26n_detections.json', 'yolo26n_raw.json'])
      expect([name, nanodet.canCheck(read(name).json)]).toEqual([name, false]);
  });

  it('passes the accuracy reference, and fails it once any figure is off by 1e-5', async () => {
    const { json } = read('map_golden.json');
    const results = await map.check(json);
    expect(results.map(({ passed }) => passed)).toEqual([true, true, true]);
    expect(results.every(({ cases }) => cases > 3)).toBe(true);
    json.cases.edge.mAP75 += 1e-5;
    json.cases.clean.per_class['0'].AP50 -= 1e-5;
    json.cases['noise_0.2'].per_class['999'] = { AP50: 0, AP50_95: 0 };
    expect((await map.check(json)).map(({ passed }) => passed)).toEqual([false, false, false]);
  });

  it('passes the face reference on cpu and wasm, and fails it when a box or a logit is moved', async () => {
    const { json, path } = read('tiny_face_detections.json');
    // One photo and one synthetic input are enough here; the whole file is the checker's own business.
    const small = {
      images: { 'sample2.jpg': json.images['sample2.jpg'] },
      synthetic: { 64: json.synthetic['64'] },
    };
    const results = await faces.check(small, { path });
    expect(results.map(({ name, passed }) => [name, passed])).toEqual([
      ['boxes, cpu in Node', true],
      ['logits, cpu in Node', true],
      ['boxes, wasm in Node', true],
      ['logits, wasm in Node', true],
    ]);
    small.images['sample2.jpg']['416_tensor'][0][0] += 5;
    small.synthetic[64].first20[3] += 0.01;
    const wrong = await faces.check(small, { path });
    expect(wrong.map(({ passed }) => passed)).toEqual([false, false, false, false]);
  });

  it('never passes a file of which nothing could be checked', async () => {
    const images = { 'not-here.jpg': { '416_tensor': [] } };
    const [boxes] = await faces.check({ images, synthetic: {} }, { path: join(ROOT, 'none.json') });
    expect(boxes).toMatchObject({ passed: false, cases: 0, skipped: { cases: 1 } });
    expect((await map.check({ cases: { empty: { images: [], mAP50: 0.5 } } }))[0]!.passed).toBe(false);
  });
});
