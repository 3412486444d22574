/** Notebooks that are handed to other tools. Python checks itself where it is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { TrainDetectorParams } from '@/components/lessons/a-privately-trained-detector/experiments/train-detector';
import { yoloHeadSettings } from '@/components/lessons/a-privately-trained-detector/yolo-head-of-run';
import type { FederatedParams } from '@/components/lessons/federated-learning/experiments/rounds';
import { flowerSettings, notInFlower } from '@/components/lessons/federated-learning/flower-of-run';
import type { TrainMnistParams } from '@/components/lessons/training-with-dp-sgd/experiments/train-mnist';
import { opacusSettings } from '@/components/lessons/training-with-dp-sgd/opacus-of-run';
import {
  chargedNoise,
  countNoise,
  learningRates,
} from '@/components/lessons/training-with-dp-sgd/train-choices';
import { gaborFeatures, orientedGradients } from '@/lib/data';
import { readIpynb, writeIpynb } from '@/lib/notebook/ipynb';
import { GABOR_PYTHON, ORIENTED_GRADIENTS_PYTHON } from '@/lib/notebook/python/digit-features';
import { flowerNotebook } from '@/lib/notebook/python/flower';
import { distributedScript, opacusNotebook } from '@/lib/notebook/python/opacus';
import { ultralyticsNotebook } from '@/lib/notebook/python/ultralytics';
import { yoloHeadNotebook } from '@/lib/notebook/python/yolo-head';
import { dpSgdEpsilon, rdpEpsilon } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { AVERAGING } from '@/lib/training/defaults';

/** What the published schema of format 4.5 requires of the parts that we write. */
const id = z.string().regex(/^[a-zA-Z0-9-_]{1,64}$/);
const text = z.union([z.string(), z.array(z.string())]);
const schema = z.strictObject({
  nbformat: z.literal(4),
  nbformat_minor: z.literal(5),
  metadata: z.looseObject({
    kernelspec: z.looseObject({ name: z.string(), display_name: z.string() }),
    language_info: z.looseObject({ name: z.string() }),
  }),
  cells: z.array(
    z.discriminatedUnion('cell_type', [
      z.strictObject({ cell_type: z.literal('markdown'), id, metadata: z.looseObject({}), source: text }),
      z.strictObject({
        cell_type: z.literal('code'),
        id,
        metadata: z.looseObject({}),
        source: text,
        execution_count: z.null(),
        outputs: z.tuple([]),
      }),
    ]),
  ),
});

const settings = {
  features: 'gradients',
  model: 'softmax',
  hiddenUnits: 128,
  optimizer: 'momentum',
  clipping: 'flat',
  every: 1,
  countNoise: null,
  chargedNoise: 1.369,
  noiseMultiplier: 1.369,
  maxGradNorm: 1,
  expectedBatchSize: 2048,
  steps: 200,
  delta: 1e-5,
  seed: 7,
  learningRate: 6.57,
  averaging: 0.95,
  momentum: 0.9,
  link: 'https://example.org/lessons/training-with-dp-sgd/#v=1',
} as const;

const rounds: FederatedParams = {
  ...{ noiseMultiplier: 1.21, maxUpdateNorm: 0.7, rounds: 17, clientsPerRound: 120, localSteps: 4 },
  ...{ noisePlace: 'central', deal: 'two-kinds', noiseSource: 'cryptographic', seed: 3 },
};
const detector: TrainDetectorParams = {
  ...{ noiseMultiplier: 1.9, maxGradNorm: 0.4, steps: 130, noiseSource: 'seeded', seed: 11 },
  ...{ scenes: null, backbone: null, ofEachPerson: 'one' },
};

const notebooks = {
  Flower: flowerNotebook(flowerSettings(rounds, 'link')),
  'YOLO head': yoloHeadNotebook(yoloHeadSettings(detector, 'link')),
  opacus: opacusNotebook(settings),
  'Opacus perceptron': opacusNotebook({ ...settings, model: 'mlp', features: 'pixels', optimizer: 'adam' }),
  'Opacus convolutional': opacusNotebook({
    ...settings,
    model: 'cnn',
    features: 'pixels',
    clipping: 'per-layer',
  }),
  'Opacus adaptive': opacusNotebook({
    ...settings,
    features: 'gabor',
    clipping: 'adaptive',
    countNoise: 102.4,
    chargedNoise: 1.3689,
    every: 8,
  }),
  'Opacus automatic': opacusNotebook({ ...settings, clipping: 'automatic' }),
  ultralytics: ultralyticsNotebook(
    {
      picture: 'a "quoted" picture.jpg',
      width: 640,
      height: 480,
      kind: 'gaussian',
      scale: 0.1,
      seed: 1,
      confidence: 0.25,
      inputSize: 640,
      checkpoint: 'yolo26n.pt',
    },
    'https://example.org/',
  ),
};

const python = (code: string) => spawnSync('python3', ['-c', code], { encoding: 'utf8' });
const has = (module: string) => python(`import ${module}`).status === 0;

describe.each(Object.entries(notebooks))('the %s notebook', (_name, written) => {
  it('is one of format 4.5, with an id of its own for each cell', () => {
    const notebook = schema.parse(JSON.parse(written));
    const ids = notebook.cells.map((cell) => cell.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.skipIf(!has('ast'))('is Python that parses', () => {
    // Commands of the notebook are no Python; what a cell writes into a file is a program of its own.
    const programs = readIpynb(written)
      .cells.filter(({ kind }) => kind === 'code')
      .map(({ source }) => source.replace(/^(%pip|!|%%writefile).*$/m, ''));
    for (const program of programs) {
      const file = join(mkdtempSync(join(tmpdir(), 'notebook-')), 'code.py');
      writeFileSync(file, program);
      const { status, stderr } = python(`import ast; ast.parse(open(${JSON.stringify(file)}).read())`);
      expect(stderr).toBe('');
      expect(status).toBe(0);
    }
  });
});

it('names every setting of the run', () => {
  const code = readIpynb(notebooks.opacus)
    .cells.map(({ source }) => source)
    .join('\n');
  expect(code).toContain('NOISE_MULTIPLIER = 1.369 ');
  expect(code).toContain('SAMPLE_RATE = 2048 / 60000');
  expect(code).toContain('STEPS = 200');
  expect(code).toContain('DELTA = 0.00001');
  expect(code).toContain('SEED = 7');
  // ε of this run by dp_accounting and by us: 2.0 to four digits.
  expect(code).toMatch(/EPSILON = (1\.999|2\.000)/);
});

const codeIn = (written: string) =>
  readIpynb(written)
    .cells.filter(({ kind }) => kind === 'code')
    .map(({ source }) => source)
    .join('\n');

describe('the Flower app', () => {
  it('has Flower’s own DP at the σ, C and clients of the run, and its rounds', () => {
    const code = codeIn(notebooks.Flower);
    for (const line of [
      'CLIENTS = 500\n',
      'CLIENTS_PER_ROUND = 120 ',
      'NOISE_MULTIPLIER = 1.21 ',
      'CLIPPING_NORM = 0.7 ',
      'ROUNDS = 17\n',
      'LOCAL_STEPS = 4\n',
      'LOCAL_LEARNING_RATE = 0.3\n',
      'DEAL = "two-kinds"',
      'DELTA = 0.0001\n',
      'SEED = None',
      'import DifferentialPrivacyServerSideFixedClipping, FedAvg',
      'noise_multiplier=NOISE_MULTIPLIER',
      'clipping_norm=CLIPPING_NORM',
      'num_sampled_clients=CLIENTS_PER_ROUND',
      'num_supernodes=CLIENTS',
    ])
      expect(code).toContain(line);
    const epsilon = dpSgdEpsilon({
      ...{ sampleRate: 120 / 500, noiseMultiplier: 1.21, steps: 17, delta: 1e-4, accountant: 'pld' },
    });
    expect(Number(/EPSILON = ([\d.]+)/.exec(code)![1])).toBeCloseTo(epsilon, 6);
  });

  it('says of noise by the clients why there is none', () => {
    expect(notInFlower({ noisePlace: 'local' })).toMatch(/not by σ/);
    expect(() => flowerSettings({ ...rounds, noisePlace: 'local' }, 'link')).toThrow(RangeError);
  });
});

describe('the YOLO-head notebook', () => {
  it('freezes a public YOLO, and trains a head at the settings of the run', () => {
    const code = codeIn(notebooks['YOLO head']);
    for (const line of [
      'NOISE_MULTIPLIER = 1.9 ',
      'MAX_GRAD_NORM = 0.4 ',
      'SAMPLE_RATE = 256 / 2000 ',
      'STEPS = 130\n',
      'DELTA = 0.00001\n',
      `LEARNING_RATE = ${Number((0.5 / 1.9).toPrecision(12))} / MAX_GRAD_NORM`,
      'SEED = 11\n',
      'POSITIVE_WEIGHT, BOX_WEIGHT = 4, 4',
      'YOLO("yolov8n.pt")',
      'requires_grad_(False)',
    ])
      expect(code).toContain(line);
    const { epsilon } = rdpEpsilon({
      ...{ sampleRate: 256 / 2000, noiseMultiplier: 1.9, steps: 130, delta: 1e-5 },
    });
    expect(Number(/EPSILON = ([\d.]+)/.exec(code)![1])).toBeCloseTo(epsilon, 6);
  });

  it('is not made of a learner’s own pictures', () => {
    expect(() => yoloHeadSettings({ ...detector, scenes: 'abc' }, 'link')).toThrow(/stay here/);
  });
});

describe('of a run of the training cell', () => {
  const run: TrainMnistParams = {
    ...{ people: 'all', features: 'pixels', model: 'cnn', optimizer: 'momentum', clipping: 'flat' },
    ...{ rateScale: 0.5, noiseMultiplier: 1.7, delta: 2e-6, maxGradNorm: 0.3, expectedBatchSize: 1024 },
    ...{ steps: 77, noiseSource: 'cryptographic', seed: 5 },
  };
  const codeOf = (changed: Partial<TrainMnistParams>) =>
    readIpynb(opacusNotebook(opacusSettings({ ...run, ...changed }, 'link')))
      .cells.map(({ source }) => source)
      .join('\n');

  it('has its σ, C, q, steps, δ and learning rate, and its model', () => {
    const code = codeOf({});
    for (const line of [
      'NOISE_MULTIPLIER = 1.7 ',
      'MAX_GRAD_NORM = 0.3 ',
      'SAMPLE_RATE = 1024 / 60000',
      'EXPECTED_BATCH_SIZE = 1024',
      'STEPS = 77',
      'DELTA = 0.000002',
      `LEARNING_RATE = ${Number(learningRates(run, 1.7).private.toPrecision(12))} / MAX_GRAD_NORM`,
      'MOMENTUM = 0.9',
      `AVERAGING = ${AVERAGING}`,
      'SEED = None',
      'torch.nn.Conv2d(16, 32, 4)',
      'grey_values(images',
      'torch.optim.SGD',
    ])
      expect(code).toContain(line);
    const { epsilon } = rdpEpsilon({
      sampleRate: 1024 / 60_000,
      noiseMultiplier: 1.7,
      steps: 77,
      delta: 2e-6,
    });
    expect(Number(/EPSILON = ([\d.]+)/.exec(code)![1])).toBeCloseTo(epsilon, 6);
  });

  it('follows the choices of optimiser, features and noise', () => {
    const code = codeOf({ model: 'mlp', features: 'gradients', optimizer: 'adam', noiseSource: 'seeded' });
    for (const line of ['torch.optim.Adam', 'oriented_gradients(images', 'Linear(32, 10)', 'SEED = 5'])
      expect(code).toContain(line);
    expect(codeOf({ model: 'mlp' })).toContain('Linear(128, 10)');
    expect(code).not.toContain('MOMENTUM');
    expect(code).not.toMatch(/LEARNING_RATE = .* \/ MAX_GRAD_NORM/);
  });

  it('clips as the run does, and charges what the rule releases beside', () => {
    const adaptive = codeOf({ clipping: 'adaptive' });
    expect(adaptive).toContain(`COUNT_NOISE = ${countNoise({ clipping: 'adaptive' }, 1.7, 1024)} `);
    const charged = chargedNoise({ clipping: 'adaptive' }, 1.7, 1024);
    expect(adaptive).toContain(`CHARGED_NOISE = ${Number(charged.toPrecision(12))} `);
    // The step is measured in clips, so the rate is not.
    expect(adaptive).not.toMatch(/LEARNING_RATE = .* \/ MAX_GRAD_NORM/);
    expect(codeOf({ clipping: 'per-layer' })).toContain('layers.clamp(min=share)');
    expect(codeOf({ clipping: 'automatic' })).toContain('squares.sum(1).sqrt() + 0.01');
    expect(codeOf({})).toContain('import DPOptimizer as RunOptimizer');
  });

  it('takes the digits that the run takes', () => {
    const code = codeOf({ people: 'eighth' });
    expect(code).toContain('EVERY = 8 ');
    expect(code).toContain('SAMPLE_RATE = 1024 / 7500');
    expect(code).toContain('grey_values(images');
  });

  it('comes for several processes too, at the same settings, whatever the rule', () => {
    for (const clipping of ['flat', 'per-layer', 'adaptive', 'automatic'] as const) {
      const script = distributedScript(opacusSettings({ ...run, clipping }, 'link'));
      for (const line of [
        'DifferentiallyPrivateDistributedDataParallel(network)',
        'DistributedDPOptimizer',
        'distributed=True',
        'EXPECTED_BATCH_SIZE / PROCESSES',
        'NOISE_MULTIPLIER = 1.7 ',
        'STEPS = 77',
      ])
        expect(script).toContain(line);
      expect(codeOf({ clipping })).toContain(script);
    }
  });
});

it.skipIf(!has('numpy')).each([
  ['oriented_gradients', ORIENTED_GRADIENTS_PYTHON, orientedGradients],
  ['gabor_features', GABOR_PYTHON, gaborFeatures],
] as const)('%s are the same numbers in Python (needs NumPy)', async (call, code, features) => {
  const random = new SeededRandom(3);
  const count = 5;
  // Strokes of random grey; the last picture is blank.
  const images = Uint8Array.from({ length: count * 784 }, (_, i) =>
    i < 4 * 784 && random.bernoulli(0.3) ? random.integer(256) : 0,
  );
  const ours = await features(images);
  const { stdout, stderr } = python(
    `${code}\nimages = np.array(${JSON.stringify([...images])}).reshape(${count}, 28, 28)\nprint(${call}(images).ravel().tolist())`,
  );
  expect(stderr).toBe('');
  const theirs = JSON.parse(stdout) as number[];
  expect(theirs.length).toBe(ours.length);
  expect(Math.max(...theirs.map((value, i) => Math.abs(value - ours[i]!)))).toBeLessThan(1e-5);
});

it.skipIf(!has('opacus'))('Opacus agrees about ε to 1e-3 (needs Opacus)', () => {
  const cells = readIpynb(notebooks.opacus).cells.map(({ source }) => source);
  const constants = cells.find((source) => source.includes('NOISE_MULTIPLIER = '))!;
  const check = cells.find((source) => source.includes('RDPAccountant'))!;
  expect(python(`${constants}\n${check}`).stderr).toBe('');
});

describe('reading notebooks', () => {
  it('takes strings and lists of lines, and leaves outputs behind', () => {
    const notebook = {
      nbformat: 4,
      nbformat_minor: 2,
      metadata: {},
      cells: [
        { cell_type: 'markdown', metadata: {}, source: '# Title' },
        {
          cell_type: 'code',
          metadata: {},
          source: ['a = 1\n', 'a'],
          outputs: [{ x: 1 }],
          execution_count: 3,
        },
        { cell_type: 'raw', metadata: {}, source: 'raw' },
      ],
    };
    expect(readIpynb(JSON.stringify(notebook)).cells).toEqual([
      { kind: 'markdown', source: '# Title' },
      { kind: 'code', source: 'a = 1\na' },
      { kind: 'markdown', source: 'raw' },
    ]);
  });

  it('refuses what is none, and says why', () => {
    expect(() => readIpynb('<html>')).toThrow(/not JSON/);
    expect(() => readIpynb('{"nbformat":3,"worksheets":[]}')).toThrow(/format 4/);
  });

  it('returns what was written', () => {
    const cells = [
      { kind: 'markdown', source: 'One\n\ntwo' },
      { kind: 'code', source: '' },
      { kind: 'code', source: 'print(1)\n' },
    ] as const;
    const written = writeIpynb(cells, { language: 'javascript', metadata: { a: 1 } });
    expect(readIpynb(written)).toMatchObject({
      cells: [...cells],
      language: 'javascript',
      metadata: { a: 1 },
    });
  });
});
