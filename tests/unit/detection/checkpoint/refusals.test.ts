import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { describeCheckpoint, readCheckpoint } from '@/lib/detection';
import { MODELS, missing } from '@/tests/harness/shared-files';
import {
  randomModel,
  rebuild,
  safetensors,
  writeCheckpoint,
  writeSafetensors,
} from './support/checkpoint-writer';
import { Call, Global, Instance, type Py, writePickle } from './support/pickle-writer';
import { refusal } from './support/refusal';
import { writeZip } from './support/zip-writer';

const model = randomModel();
const sound = writeCheckpoint(model);
const bytes = (...values: number[]) => Uint8Array.from([...values, ...new Array<number>(300).fill(7)]);
const text = (value: string) => strToU8(value);
const zip = (entries: Record<string, string>) =>
  writeZip(Object.entries(entries).map(([name, content]) => [name, text(content)] as const));

describe('a file that is no checkpoint is refused by its name', () => {
  const strangers: [what: string, file: Uint8Array, says: RegExp, code?: string][] = [
    ['nothing', new Uint8Array(), /empty/, 'checkpoint-empty'],
    [
      'an LFS pointer',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5544453\n'),
      /Git LFS pointer/,
    ],
    ['a web page', text('<!DOCTYPE html>\n<html><title>404</title></html>'), /web page/],
    ['a web page after blanks and a comment', text('\n <!-- x -->\n<HTML lang="en">'), /web page/],
    ['an ONNX graph', bytes(8, 8, 0x12, 7, ...text('pytorch')), /ONNX/],
    [
      'a legacy PyTorch file',
      bytes(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e),
      /before version 1\.6/,
    ],
    ['a bare pickle', Uint8Array.from([0x80, 4, 0x4e, 0x2e]), /pickle.*can run code/],
    [
      'Darknet weights',
      Uint8Array.from({ length: 200_000 }, (_, i) => (i === 4 ? 2 : i === 8 ? 5 : i < 20 ? 0 : i % 251)),
      /Darknet/,
    ],
    ['a TFLite model', bytes(28, 0, 0, 0, ...text('TFL3')), /TensorFlow Lite/],
    ['an HDF5 model', bytes(0x89, ...text('HDF\r\n')), /Keras/],
    ['a GGUF model', text(`GGUF${'x'.repeat(50)}`), /GGUF/],
    ['a JSON file', text('{"format": "graph-model"}'), /JSON/],
    ['an XML file', text('<?xml version="1.0"?><net/>'), /XML/],
    ['a NumPy array', bytes(0x93, ...text('NUMPY')), /NumPy/],
    ['a gzip archive', gzipSync(sound), /gzip/],
    ['a picture', bytes(0xff, 0xd8, 0xff, 0xe0), /picture/],
    ['a PNG', bytes(0x89, ...text('PNG')), /picture/],
    ['a video', bytes(0, 0, 0, 24, ...text('ftypmp42')), /video/],
    ['a PDF', text('%PDF-1.7'), /PDF/],
    ['plain text', text('conf: 0.25\nimgsz: 640\n'), /text that begins "conf: 0\.25 imgsz: 640/],
    ['unknown bytes', bytes(0xde, 0xad, 0xbe, 0xef), /begins de ad be ef/],
    ['an empty archive', writeZip([]), /empty ZIP archive/],
    ['a plain archive', zip({ 'a.txt': 'x', 'b.txt': 'y' }), /plain ZIP archive.*a\.txt, b\.txt/],
    ['an archive of a checkpoint', zip({ 'weights/best.pt': 'x' }), /unpacked first/],
    ['an office document', zip({ '[Content_Types].xml': '' }), /office document/],
    ['NumPy arrays', zip({ 'x.npy': '' }), /NumPy/],
    [
      'a TorchScript export',
      zip({ 'm/data.pkl': '', 'm/constants.pkl': '', 'm/code/__torch__.py': '' }),
      /TorchScript/,
    ],
    ['a PyTorch file of a number', writeZip([['a/data.pkl', writePickle(7)]]), /neither a model nor weights/],
    [
      'a PyTorch file of no weights',
      writeZip([['a/data.pkl', writePickle(new Map<Py, Py>([['x', 1]]))]]),
      /without weights/,
    ],
  ];
  it.each(strangers)('%s', (_, file, says, code = 'checkpoint-not-a-checkpoint') => {
    const error = refusal(() => describeCheckpoint(file));
    expect(error.message).toMatch(says);
    expect(error.code).toBe(code);
  });
});

describe('a network for something else is refused by its purpose', () => {
  const classes: [string, RegExp][] = [
    ['SegmentationModel', /segmentation/],
    ['PoseModel', /pose/],
    ['OBBModel', /rotated boxes/],
    ['ClassificationModel', /classification/],
    ['WorldModel', /YOLO-World/],
    ['RTDETRDetectionModel', /RT-DETR/],
    ['SomethingNew', /SomethingNew/],
  ];
  it.each(classes)('%s', (modelClass, says) => {
    const error = refusal(() => describeCheckpoint(writeCheckpoint(model, { modelClass })));
    expect(error.code).toBe('checkpoint-unsupported');
    expect(error.message).toMatch(says);
  });

  it.each(['yolov3', 'yolov5n', 'yolov9c', 'yolov10s', 'yolo12n'])('a %s checkpoint', (name) => {
    const attributes = { yaml: new Map<Py, Py>([['yaml_file', `${name}.yaml`]]) };
    const error = refusal(() => describeCheckpoint(writeCheckpoint(model, { attributes })));
    expect(error.code).toBe('checkpoint-unsupported');
    expect(error.message).toContain(`${name}.yaml`);
  });

  it.each(['models.yolo', 'models.common'])(
    'one saved by the YOLOv3 and YOLOv5 repositories (%s)',
    (module) => {
      const top = (root: Py) => {
        const { attributes } = root as Instance;
        const older = new Instance(new Global(module, 'Model'), {
          ...attributes,
          yaml: new Map(),
          yaml_file: 'yolov3-spp.yaml',
        });
        return new Map<Py, Py>([['model', older]]);
      };
      const error = refusal(() => describeCheckpoint(writeCheckpoint(model, { top })));
      expect(error.code).toBe('checkpoint-unsupported');
      expect(error.message).toMatch(/YOLOv3.*yolov3-spp\.yaml/);
    },
  );

  it('a classifier of the YOLOv5 repository, which has no anchor boxes', () => {
    const top = (root: Py) => {
      const { attributes } = root as Instance;
      const type = new Global('models.yolo', 'ClassificationModel');
      return new Map<Py, Py>([['model', new Instance(type, { ...attributes, yaml_file: null, yaml: null })]]);
    };
    const error = refusal(() => describeCheckpoint(writeCheckpoint(model, { top })));
    expect(error.code).toBe('checkpoint-unsupported');
    expect(error.message).toMatch(/classification model .* of YOLOv3 or YOLOv5, not a detection model/);
  });

  it('the head of another network, in a detection model', () => {
    const { layers, ...rest } = randomModel();
    const head = { ...layers.modules['23']!, type: 'ultralytics.nn.modules.head.v10Detect' };
    const changed = { ...rest, layers: { ...layers, modules: { ...layers.modules, 23: head } } };
    expect(refusal(() => describeCheckpoint(writeCheckpoint(changed))).message).toMatch(/YOLOv10/);
  });

  const INTERPOLATION = new Global('torchvision.transforms.functional', 'InterpolationMode');
  it.each([
    ['', new Call(INTERPOLATION, ['bilinear'])],
    [' as Python 3.11 writes them', new Call(new Global('builtins', 'getattr'), [INTERPOLATION, 'BILINEAR'])],
  ])('a fine-tuned classifier, with torchvision’s transforms in it%s', (_, mode) => {
    const part = (name: string) => new Global('torchvision.transforms.transforms', name);
    const transforms = new Instance(part('Compose'), {
      transforms: [
        new Instance(part('Resize'), { size: 224, interpolation: mode }),
        new Instance(part('ToTensor'), {}),
      ],
    });
    const file = writeCheckpoint(model, { modelClass: 'ClassificationModel', attributes: { transforms } });
    const error = refusal(() => describeCheckpoint(file));
    expect(error.code).toBe('checkpoint-unsupported');
    expect(error.message).toMatch(/classification model \(one label/);
  });

  it.each(['ultralytics.nn.extra_modules.block', 'ultralytics.nn.AKConv'])(
    'a fork with blocks of its own (%s)',
    (module) => {
      const { layers, ...rest } = randomModel();
      // Called like ours: it must not be taken for ours.
      const strange = { ...layers.modules['6']!, type: `${module}.C3k2` };
      const changed = { ...rest, layers: { ...layers, modules: { ...layers.modules, 6: strange } } };
      const error = refusal(() => describeCheckpoint(writeCheckpoint(changed)));
      expect(error.code).toBe('checkpoint-unsupported');
      expect(error.message).toContain(`fork with code of its own: ${module}.C3k2`);
    },
  );

  it('settings of somebody’s own class', () => {
    const attributes = { args: new Instance(new Global('my.settings', 'Config'), { lr: 1 }) };
    const error = refusal(() => describeCheckpoint(writeCheckpoint(model, { attributes })));
    expect(error.code).toBe('checkpoint-unsupported');
    expect(error.message).toMatch(/my\.settings\.Config/);
  });

  it('a model of another library', () => {
    const top = () =>
      new Instance(new Global('mmdet.models.detectors', 'RetinaNet'), { _modules: new Map() });
    const file = writeCheckpoint(model, {
      top: (root) =>
        new Map<Py, Py>([
          ['model', top()],
          ['x', root],
        ]),
    });
    expect(refusal(() => describeCheckpoint(file)).code).toBe('checkpoint-not-a-checkpoint');
  });

  it('blocks it does not know', () => {
    const { layers, ...rest } = randomModel();
    const strange = { ...layers.modules['6']!, type: 'ultralytics.nn.modules.block.A2C2f' };
    const changed = { ...rest, layers: { ...layers, modules: { ...layers.modules, 6: strange } } };
    expect(refusal(() => describeCheckpoint(writeCheckpoint(changed))).message).toMatch(/A2C2f.*model\.6/);
  });

  it('a state dict of another network', () => {
    const file = safetensors({ 'encoder.weight': { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }, [
      new Uint8Array(4),
    ]);
    expect(refusal(() => describeCheckpoint(file)).message).toMatch(/state dict/);
  });
});

describe('a damaged file', () => {
  it.each([0.001, 0.1, 0.5, 0.9, 0.999])('cut off after %s of it says so', (part) => {
    const error = refusal(() =>
      readCheckpoint(sound.slice(0, Math.max(64, Math.floor(sound.length * part)))),
    );
    expect(error.code).toBe('checkpoint-truncated');
    expect(error.message).toMatch(/cut short/);
  });

  it.each([0.01, 0.5, 0.999])('of safetensors, cut off after %s of it, says so', (part) => {
    const file = writeSafetensors(model);
    const error = refusal(() => readCheckpoint(file.slice(0, Math.floor(file.length * part))));
    expect(error.code).toBe('checkpoint-truncated');
  });

  it.each([
    ['four billion times too large', 4, 1, 'checkpoint-corrupt', /header has 4,29\d,/],
    ['beyond the end of the file', 2, 0xff, 'checkpoint-truncated', /cut short/],
    ['too small', 1, 0, 'checkpoint-corrupt', /no JSON/],
  ])('of safetensors, with a header length %s', (_, place, byte, code, says) => {
    const file = writeSafetensors(model);
    file[place as number] = byte as number;
    const error = refusal(() => readCheckpoint(file));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(says as RegExp);
  });

  it('of tensors that all lie in the same place, so that a small file would be a network of gigabytes', () => {
    const places = (count: number) =>
      safetensors(
        Object.fromEntries(
          Array.from({ length: count }, (_, i) => [
            `model.${i}.conv.weight`,
            { dtype: 'F32', shape: [1000], data_offsets: [0, 4000] as [number, number] },
          ]),
        ),
        [new Uint8Array(4000)],
      );
    expect(readCheckpoint(places(2)).tensors.size).toBe(2);
    expect(refusal(() => readCheckpoint(places(3))).code).toBe('checkpoint-too-complex');
    const views = (count: number) =>
      writeZip([
        [
          'a/data.pkl',
          writePickle(
            new Map<Py, Py>(
              Array.from({ length: count }, (_, i) => [
                `model.${i}.conv.weight`,
                rebuild(new Global('torch', 'FloatStorage'), '0', 24, [24], 0, [1]),
              ]),
            ),
          ),
        ],
        ['a/data/0', new Uint8Array(96)],
      ]);
    expect(readCheckpoint(views(2)).tensors.size).toBe(2);
    expect(refusal(() => readCheckpoint(views(3))).code).toBe('checkpoint-too-complex');
  });

  it('whose storage is missing', () => {
    const file = writeCheckpoint(model, { entries: (entries) => entries.delete('archive/data/3') });
    const error = refusal(() => readCheckpoint(file));
    expect(error.code).toBe('checkpoint-corrupt');
    expect(error.message).toContain('model.0.bn.running_mean');
  });

  it('whose storage is shorter than its tensor', () => {
    const file = writeCheckpoint(model, {
      entries: (entries) => entries.set('archive/data/0', entries.get('archive/data/0')!.slice(2)),
    });
    expect(refusal(() => readCheckpoint(file)).message).toContain('model.0.conv.weight');
  });

  it('with a packed entry that does not unpack', () => {
    const file = writeCheckpoint(model, { deflate: true });
    file.fill(0xff, 200, 400);
    expect(refusal(() => readCheckpoint(file)).code).toBe('checkpoint-corrupt');
  });

  it('from a big-endian machine', () => {
    const error = refusal(() => readCheckpoint(writeCheckpoint(model, { byteorder: 'big' })));
    expect(error.code).toBe('checkpoint-unsupported');
  });

  it('that lists an entry twice', () => {
    const file = writeZip([
      ['a/data.pkl', writePickle(1)],
      ['a/data.pkl', writePickle(2)],
    ]);
    expect(refusal(() => readCheckpoint(file)).message).toMatch(/twice/);
  });

  it.each([
    ['channels that do not fit', '2', (shape: number[]) => [shape[0]!, shape[1]! + 1, ...shape.slice(2)]],
    ['a kernel that is not square', '2', (shape: number[]) => [...shape.slice(0, 3), 3]],
    ['an even kernel', '1', (shape: number[]) => [...shape.slice(0, 2), 2, 2]],
  ])('with %s', (_, layer, change) => {
    const { layers, ...rest } = randomModel();
    const touch = (spec: (typeof layers)['modules'][string]): boolean => {
      const weight = spec.parameters.weight;
      if (spec.type.endsWith('Conv2d') && weight) {
        const shape = change([...weight.shape]);
        const count = shape.reduce((product, side) => product * side, 1);
        spec.parameters.weight = { ...weight, shape, values: new Float32Array(count).fill(0.5) };
        return true;
      }
      return Object.values(spec.modules).some(touch);
    };
    touch(layers.modules[layer]!);
    const error = refusal(() => describeCheckpoint(writeCheckpoint({ ...rest, layers })));
    expect(error.message).toContain(`model.${layer}.`);
  });
});

const yolov5 = join(MODELS, 'yolov5n.pt');
describe.skipIf(!existsSync(yolov5))(missing(yolov5) ?? 'real files', () => {
  it('the official YOLOv5n is refused by its name', () => {
    const error = refusal(() => describeCheckpoint(new Uint8Array(readFileSync(yolov5))));
    expect(error.code).toBe('checkpoint-unsupported');
    expect(error.message).toMatch(/YOLOv5.*yolov5n\.yaml/);
  });

  it('an exported ONNX file is refused by its form', () => {
    const error = refusal(() =>
      describeCheckpoint(new Uint8Array(readFileSync(join(MODELS, 'yolo26n_composite_320.onnx')))),
    );
    expect(error.message).toMatch(/ONNX/);
  });
});

describe('what a training leaves around a sound network changes nothing', () => {
  const plain = describeCheckpoint(writeCheckpoint(model));
  const wrapped = (type: Global, child: string) => (root: Py) =>
    new Map<Py, Py>([['model', new Instance(type, { _modules: new Map<Py, Py>([[child, root]]) })]]);

  it.each<[string, Global, string]>([
    ['several GPUs', new Global('torch.nn.parallel.distributed', 'DistributedDataParallel'), 'module'],
    ['several GPUs of one process', new Global('torch.nn.parallel.data_parallel', 'DataParallel'), 'module'],
    ['a compiled model', new Global('torch._dynamo.eval_frame', 'OptimizedModule'), '_orig_mod'],
  ])('%s', (_, type, child) => {
    const { title, classes, parameters } = describeCheckpoint(
      writeCheckpoint(model, { top: wrapped(type, child) }),
    );
    expect({ title, classes, parameters }).toEqual({
      title: plain.title,
      classes: plain.classes,
      parameters: plain.parameters,
    });
  });

  it('settings, dates and arrays of any version', () => {
    const top = (root: Py) =>
      new Map<Py, Py>([
        ['model', root],
        ['train_args', new Instance(new Global('ultralytics.yolo.cfg', 'UltralyticsCFG'), { imgsz: 640 })],
        ['date', new Call(new Global('datetime', 'datetime'), ['2023'])],
        [
          'best',
          new Call(new Global('numpy._core.multiarray', '_reconstruct'), [new Global('numpy', 'ndarray')]),
        ],
      ]);
    expect(describeCheckpoint(writeCheckpoint(model, { top })).title).toBe(plain.title);
  });
});
