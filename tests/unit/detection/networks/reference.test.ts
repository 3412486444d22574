import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeCheckpoint, readCheckpoint } from '@/lib/detection';
import { planNetwork } from '@/lib/detection/networks';
import { convolutions } from '@/lib/detection/networks/plan';
import { canCheck, check } from '@/tests/commands/verify/yolo';
import { ROOT } from '@/tests/harness/root';
import { IMAGES, missing, SHARED, WEIGHTS } from '@/tests/harness/shared-files';

const fixture = (name: string) => join(ROOT, 'tests/fixtures/reference', name);
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const absent = missing(WEIGHTS, IMAGES);

describe.skipIf(absent !== null)(absent ?? 'with the weights the references were made with', () => {
  it('the file is what it is', () => {
    const description = describeCheckpoint(new Uint8Array(readFileSync(WEIGHTS)));
    expect(description).toMatchObject({
      id: 'yolo26n',
      title: 'YOLO26n',
      parameters: 2_572_280,
      endToEnd: true,
      copy: 'model',
    });
    expect(description.classes).toHaveLength(80);
    expect([description.classes[0], description.classes[79]]).toEqual(['person', 'toothbrush']);
    expect(description.notes.license).toMatch(/AGPL-3\.0/);
  });

  it('its state dict has the names, shapes and types of the reference, in its order', () => {
    const { unfused, exec_order: order } = json(fixture('yolo26n_state_dict.json')) as {
      unfused: { name: string; shape: number[]; dtype: string }[];
      exec_order: string[];
    };
    const checkpoint = readCheckpoint(new Uint8Array(readFileSync(WEIGHTS)));
    const types: Record<string, string> = { float16: 'float16', LongStorage: 'int64' };
    expect(
      [...checkpoint.tensors].map(([name, { shape, type }]) => ({ name, shape, dtype: types[type] })),
    ).toEqual(unfused.map(({ name, shape, dtype }) => ({ name, shape, dtype })));
    const plan = planNetwork(checkpoint);
    const ours = [...convolutions(plan)].map(({ weight }) => weight.replace(/\.weight$/, ''));
    expect([...ours].sort()).toEqual([...order].sort());
  });

  it.each([
    ['yolo26n_raw.json', fixture('yolo26n_raw.json')],
    // Beside the letterboxed pictures.
    ['yolo26n_detections.json', join(SHARED, 'reference/yolo26n_detections.json')],
  ])('every value of %s', async (_, beside) => {
    const path = existsSync(beside) ? beside : fixture('yolo26n_detections.json');
    const reference = json(path);
    expect(canCheck(reference)).toBe(true);
    const results = await check(reference, { path, quick: true });
    expect(results.length).toBeGreaterThanOrEqual(4);
    for (const result of results) expect(result).toMatchObject({ passed: true });
  });

  it('a reference that is off by little is not passed', async () => {
    const path = fixture('yolo26n_raw.json');
    const reference = json(path);
    delete reference['320'];
    reference['64'].layers['9'].center8[3] += 0.004;
    reference['64'].boxes_raw_full[70][2] += 0.01;
    const results = await check(reference, { path });
    const [layers, heads] = results.filter(({ name }) => name.includes('wasm'));
    expect(layers).toMatchObject({
      passed: false,
      failures: [expect.stringContaining('64 layer 9 middle 3')],
    });
    expect(heads).toMatchObject({ passed: false, failures: [expect.stringContaining('row 70 column 2')] });
  });
});
