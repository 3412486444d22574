import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '@/lib/detection';
import { elements, tensorsOf } from './support/architecture';
import {
  encode,
  type FileOptions,
  halfBits,
  type Precision,
  randomModel,
  rebuild,
  safetensors,
  writeCheckpoint,
  writeSafetensors,
} from './support/checkpoint-writer';
import { Global, Instance, type Py, writePickle } from './support/pickle-writer';
import { refusal } from './support/refusal';
import { writeZip } from './support/zip-writer';

const model = randomModel();

/** Every float tensor of the checkpoint against the values the file was written from. */
function expectTensors(bytes: Uint8Array, of = model, round: (value: number) => number = (value) => value) {
  const checkpoint = readCheckpoint(bytes);
  let floats = 0;
  for (const [name, spec] of tensorsOf(of.layers, 'model')) {
    const found = checkpoint.tensors.get(name);
    expect(found?.shape, name).toEqual(spec.shape);
    if (spec.kind === 'count') continue;
    floats++;
    const values = found!.read();
    if (!values.every((value, i) => value === round(spec.values![i]!)))
      expect(Array.from(values), name).toEqual(Array.from(spec.values!, round));
  }
  expect(floats).toBeGreaterThan(300);
  expect(checkpoint.tensors.size).toBe([...tensorsOf(of.layers, 'model')].length);
  return checkpoint;
}

describe('a checkpoint is read to the last bit', () => {
  const containers: [string, FileOptions][] = [
    ['as torch.save writes it', {}],
    ['in a folder of another name', { folder: 'best' }],
    ['in a nested folder', { folder: 'runs/train/best' }],
    ['packed (deflate)', { deflate: true }],
    ['with sizes in the headers', { descriptors: false }],
    ['with zip64 records', { zip64: true }],
    ['packed, with zip64 records', { zip64: true, deflate: true }],
    ['without a byte order, as older files are', { byteorder: null }],
  ];
  it.each(containers)('%s', (_, options) => {
    const checkpoint = expectTensors(writeCheckpoint(model, options));
    const trained = [...tensorsOf(model.layers)].filter(([, , yes]) => yes);
    expect(checkpoint.parameters).toBe(trained.reduce((sum, [, tensor]) => sum + elements(tensor), 0));
    expect(checkpoint.copy).toBe('model');
    expect(checkpoint.notes).toMatchObject({ license: 'for tests', date: '2026-01-02T03:04:05' });
  });

  it.each(['float16', 'bfloat16', 'float32', 'float64'] as Precision[])('in %s', (precision) => {
    const own = randomModel({ precision });
    const bits = new DataView(new ArrayBuffer(4));
    const toBfloat = (value: number) => {
      bits.setFloat32(0, value);
      bits.setUint16(2, 0);
      return bits.getFloat32(0);
    };
    const round = precision === 'bfloat16' ? toBfloat : (value: number) => value;
    expectTensors(writeCheckpoint(own), own, round);
    expectTensors(writeSafetensors(own), own, round);
  });

  it('as safetensors', () => {
    const checkpoint = expectTensors(writeSafetensors(model, { author: 'tests' }));
    expect(checkpoint).toMatchObject({
      format: 'safetensors',
      copy: 'state-dict',
      notes: { author: 'tests' },
    });
  });
});

it('knows every half-precision number', () => {
  const patterns = Array.from({ length: 65536 }, (_, bits) => bits);
  const bytes = new Uint8Array(Uint16Array.from(patterns).buffer);
  const file = safetensors({ x: { dtype: 'F16', shape: [65536], data_offsets: [0, 131072] } }, [bytes]);
  const values = readCheckpoint(file).tensors.get('x')!.read();
  for (const bits of patterns) {
    const value = values[bits]!;
    const exponent = (bits >> 10) & 31;
    if (exponent === 31) expect(Number.isFinite(value)).toBe(false);
    // Normal numbers through an encoder of its own; subnormal ones are multiples of 2^-24.
    else if (exponent > 0) expect(halfBits(value)).toBe(bits);
    else expect(Math.abs(value) * 2 ** 24).toBe(bits & 1023);
  }
  expect(values[0x7c00]).toBe(Number.POSITIVE_INFINITY);
  expect(values[0xfc00]).toBe(Number.NEGATIVE_INFINITY);
  expect(values[0x7e00]).toBeNaN();
  expect(Object.is(values[0x8000], -0)).toBe(true);
});

describe('which copy is taken', () => {
  const other = randomModel({ seed: 2 });
  const rootOf = (of: typeof model) => {
    let root: Py = null;
    const storages = new Map<string, Uint8Array>();
    writeCheckpoint(of, {
      top: (value) => {
        root = value;
        return new Map([['model', value]]);
      },
      entries: (entries) => {
        for (const [name, bytes] of entries) storages.set(name, bytes);
      },
    });
    return { root, storages };
  };

  it('the averaged weights (ema) where there are both', () => {
    // Both copies refer to the same storages here; only the class names tell them apart.
    const { root, storages } = rootOf(other);
    const plain = new Instance(new Global('ultralytics.nn.tasks', 'DetectionModel'), { _modules: new Map() });
    storages.set(
      'archive/data.pkl',
      writePickle(
        new Map<Py, Py>([
          ['model', plain],
          ['ema', root],
        ]),
      ),
    );
    const checkpoint = expectTensors(writeZip(storages), other);
    expect(checkpoint.copy).toBe('ema');
  });

  it('the model itself where the file is nothing else', () => {
    const { root, storages } = rootOf(other);
    storages.set('archive/data.pkl', writePickle(root));
    expect(expectTensors(writeZip(storages), other).copy).toBe('model');
  });

  it.each([
    ['ultralytics.models.yolo.model', 'YOLO', (root: Py) => ({ _modules: new Map([['model', root]]) })],
    ['ultralytics.utils.torch_utils', 'ModelEMA', (root: Py) => ({ ema: root, updates: 3 })],
  ])('the model inside of its wrapper (%s.%s)', (module, name, attributes) => {
    const { root, storages } = rootOf(other);
    const wrapper = new Instance(new Global(module, name), attributes(root));
    storages.set('archive/data.pkl', writePickle(new Map<Py, Py>([['model', wrapper]])));
    const checkpoint = expectTensors(writeZip(storages), other);
    expect(checkpoint.model!.className).toBe('DetectionModel');
  });

  it('whatever unknown things a training wrote down beside the network; what is in the network counts', () => {
    const strange = new Instance(new Global('omegaconf.dictconfig', 'DictConfig'), { lr: 1 });
    const beside = (root: Py) =>
      new Map<Py, Py>([
        ['model', root],
        ['config', strange],
      ]);
    expect(readCheckpoint(writeCheckpoint(other, { top: beside })).unknown).toEqual([]);
    const inside = readCheckpoint(writeCheckpoint(other, { attributes: { config: [strange] } }));
    expect(inside.unknown).toEqual(['omegaconf.dictconfig.DictConfig']);
  });

  it.each([...([null, 'state_dict', 'model', 'model_state_dict', 'net'] as const), 'module of an ema'])(
    'a state dict (under %s)',
    (key) => {
      const dict = new Map<Py, Py>();
      const entries = new Map<string, Uint8Array>();
      for (const [i, [name, spec]] of [...tensorsOf(other.layers, 'model')].entries()) {
        const count = spec.kind === 'count';
        const type = new Global('torch', count ? 'LongStorage' : 'HalfStorage');
        dict.set(name, rebuild(type, String(i), elements(spec), spec.shape));
        entries.set(`sd/data/${i}`, count ? new Uint8Array(8) : encode(spec.values!, 'float16'));
      }
      const top: Py =
        key === 'module of an ema'
          ? new Map<Py, Py>([
              [
                'ema',
                new Map<Py, Py>([
                  ['decay', 1],
                  ['module', dict],
                ]),
              ],
            ])
          : key
            ? new Map<Py, Py>([
                ['epoch', 3],
                [key, dict],
              ])
            : dict;
      entries.set('sd/data.pkl', writePickle(top));
      const checkpoint = expectTensors(writeZip(entries), other);
      expect(checkpoint).toMatchObject({
        copy: key === 'module of an ema' ? 'ema' : 'state-dict',
        model: undefined,
      });
      expect(checkpoint.parameters).toBe(readCheckpoint(writeCheckpoint(other)).parameters);
    },
  );
});

describe('views of a storage', () => {
  const stored = Float32Array.from({ length: 24 }, (_, i) => i);
  const read = (shape: number[], offset: number, strides: number[]) => {
    const view = rebuild(new Global('torch', 'FloatStorage'), '0', 24, shape, offset, strides);
    const dict = new Map<Py, Py>([['x', view]]);
    const file = writeZip(
      new Map([
        ['a/data.pkl', writePickle(dict)],
        ['a/data/0', encode(stored, 'float32')],
      ]),
    );
    return readCheckpoint(file).tensors.get('x')!.read();
  };

  it('begin at their offset', () => {
    expect(Array.from(read([2, 3], 5, [3, 1]))).toEqual([5, 6, 7, 8, 9, 10]);
  });

  it('may lie transposed or with gaps', () => {
    expect(Array.from(read([2, 3], 0, [1, 2]))).toEqual([0, 2, 4, 1, 3, 5]);
    expect(Array.from(read([2, 2, 2], 1, [12, 4, 2]))).toEqual([1, 3, 5, 7, 13, 15, 17, 19]);
    expect(Array.from(read([2, 2], 20, [1, 2]))).toEqual([20, 22, 21, 23]);
    expect(Array.from(read([0, 3], 24, [1, 5]))).toEqual([]);
  });

  it.each([
    ['beyond the end', [5, 5], 0, [5, 1]],
    ['beyond the end by its offset', [24], 1, [1]],
    ['beyond the end by its strides', [2, 3], 0, [22, 1]],
    ['over and over', [100], 0, [0]],
  ])('are refused if they reach %s', (_, shape, offset, strides) => {
    expect(refusal(() => read(shape, offset, strides)).code).toBe('checkpoint-corrupt');
  });
});
