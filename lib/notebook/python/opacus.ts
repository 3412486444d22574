/**
 * The current training run as a Python notebook for PyTorch and Opacus: same data, features, model, optimiser, σ, C, q, steps and
 * learning rate, and a check that Opacus' accountant agrees with ours.
 *
 * Random numbers differ, so a run agrees in distribution, not digit by digit.
 */

import { dpSgdEpsilon, rdpEpsilon } from '@/lib/privacy';
import { type NotebookCell, writeIpynb } from '../ipynb';
import { roundUp } from '../two-ends';
import { type ClippingRule, clippingPython, type OptimizerBase } from './clipping-rules';
import { FEATURE_TEXTS } from './digit-features';
import { opacusAgrees, python } from './in-python';

export interface OpacusSettings {
  /** Grey values from 0 to 1, edges in eight directions, or waves at two sizes and in one another. */
  features: keyof typeof FEATURE_TEXTS;
  /** One layer; two with hidden units of tanh; or the small convolutional network, which takes pixels. */
  model: 'softmax' | 'mlp' | 'cnn';
  /** Of the perceptron. */
  hiddenUnits: number;
  optimizer: 'momentum' | 'adam';
  clipping: ClippingRule;
  /** Every so many-th training digit takes part: 1 is all. */
  every: number;
  /** σ on the gradients. */
  noiseMultiplier: number;
  /** σ_b of the count that adaptive clipping releases beside each sum; null for the other rules. */
  countNoise: number | null;
  /** σ of all that one step releases: what an accountant is told. */
  chargedNoise: number;
  /** C */
  maxGradNorm: number;
  /** q N */
  expectedBatchSize: number;
  steps: number;
  delta: number;
  /** Null: noise from the operating system's generator, and not repeatable. */
  seed: number | null;
  /** Of the step that is divided by q N C. */
  learningRate: number;
  /** Weight of the past in the average of weights that is judged. */
  averaging: number;
  /** Of SGD; Adam has its usual two. */
  momentum: number;
  /** The link that leads back to this run. */
  link: string;
}

/** Of the training set of MNIST. */
const DIGITS = 60_000;

const modelTexts = (hidden: number) => ({
  softmax: {
    words: 'Softmax regression',
    code: `network = torch.nn.Linear(x_train.shape[1], 10)
torch.nn.init.zeros_(network.weight)
torch.nn.init.zeros_(network.bias)`,
  },
  mlp: {
    words: `A perceptron with ${hidden} hidden units`,
    code: `network = torch.nn.Sequential(
    torch.nn.Linear(x_train.shape[1], ${hidden}),
    torch.nn.Tanh(),
    torch.nn.Linear(${hidden}, 10),
)`,
  },
  cnn: {
    words: 'A small convolutional network',
    code: `network = torch.nn.Sequential(
    torch.nn.Unflatten(1, (1, 28, 28)),
    torch.nn.Conv2d(1, 16, 8, stride=2, padding=3),
    torch.nn.Tanh(),
    torch.nn.AvgPool2d(2),
    torch.nn.Conv2d(16, 32, 4),
    torch.nn.Tanh(),
    torch.nn.Flatten(),
    torch.nn.Linear(512, 32),
    torch.nn.Tanh(),
    torch.nn.Linear(32, 10),
)`,
  },
});

const GLOROT = `
for layer in network.modules():
    if isinstance(layer, (torch.nn.Linear, torch.nn.Conv2d)):
        torch.nn.init.xavier_uniform_(layer.weight)
        torch.nn.init.zeros_(layer.bias)`;

/** A gradient that is divided by its clip in any case needs no rate that is. */
const optimizerTexts = ({ optimizer, clipping }: OpacusSettings) =>
  optimizer === 'adam'
    ? {
        words: 'DP-Adam',
        rate: '   # Adam does not mind the length of a gradient',
        // Its ε stands beside a gradient that the playground has divided by C.
        code: `torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, eps=1e-8${clipping === 'adaptive' ? '' : ' * MAX_GRAD_NORM'})`,
      }
    : {
        words: 'SGD with momentum',
        rate:
          clipping === 'adaptive'
            ? '   # of a gradient that is divided by the clip of its step'
            : ' / MAX_GRAD_NORM   # the playground divides its step by C as well',
        code: 'torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)',
      };

const CLIPPING_WORDS: Record<ClippingRule, string> = {
  flat: 'per-example clipping',
  'per-layer': 'clipping layer by layer',
  adaptive: 'a clip that follows the median gradient',
  automatic: 'automatic clipping',
};

/** The settings, as both forms of the training read them. */
function constants(settings: OpacusSettings): string {
  const { noiseMultiplier, countNoise, maxGradNorm, expectedBatchSize, steps, delta, seed } = settings;
  const { learningRate, averaging, momentum, every } = settings;
  return [
    `NOISE_MULTIPLIER = ${python(noiseMultiplier)}   # sigma: noise standard deviation / clip`,
    ...(countNoise === null
      ? []
      : [`COUNT_NOISE = ${python(countNoise)}   # sigma_b: of the count of gradients within the clip`]),
    `MAX_GRAD_NORM = ${python(maxGradNorm)}      # C${settings.clipping === 'adaptive' ? ', of the first step' : ''}`,
    `EVERY = ${every}   # each so many-th training digit takes part`,
    `TRAINING_SIZE = ${trainingSize(settings)}`,
    `SAMPLE_RATE = ${expectedBatchSize} / ${trainingSize(settings)}   # q: each digit joins a step with this probability`,
    `EXPECTED_BATCH_SIZE = ${expectedBatchSize}`,
    `STEPS = ${steps}`,
    `DELTA = ${python(delta)}`,
    `LEARNING_RATE = ${python(learningRate)}${optimizerTexts(settings).rate}`,
    ...(settings.optimizer === 'momentum' ? [`MOMENTUM = ${python(momentum)}`] : []),
    `AVERAGING = ${python(averaging)}`,
    `SEED = ${seed ?? 'None'}`,
  ].join('\n');
}

const trainingSize = ({ every }: Pick<OpacusSettings, 'every'>) => Math.floor(DIGITS / every);

const dataPython = ({ features }: OpacusSettings) => `import torch
from torchvision.datasets import MNIST

train, test = (MNIST("data", train=part, download=True) for part in (True, False))
x_train, x_test = (
    torch.from_numpy(${FEATURE_TEXTS[features].call}(images.numpy())) for images in (train.data[::EVERY], test.data)
)
y_train, y_test = train.targets[::EVERY], test.targets
assert len(x_train) == TRAINING_SIZE`;

const networkPython = ({ model, hiddenUnits }: OpacusSettings) =>
  `${modelTexts(hiddenUnits)[model].code}${model === 'softmax' ? '' : GLOROT}
average = copy.deepcopy(network)   # what is judged: the mean of the weights of the last steps`;

const optimizerPython = (settings: OpacusSettings, expected: string) => `optimizer = RunOptimizer(
    ${optimizerTexts(settings).code},
    noise_multiplier=NOISE_MULTIPLIER,
    max_grad_norm=MAX_GRAD_NORM,
    expected_batch_size=${expected},
)`;

/** @param tell what is printed, and by whom */
const loopPython = (tell: string) => `@torch.no_grad()
def accuracy():
    return (average(x_test).argmax(1) == y_test).float().mean().item()


step = 0
while step < STEPS:
    for x, y in loader:
        if step == STEPS:
            break
        step += 1
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
        past = min(AVERAGING, (step - 1) / step)
        with torch.no_grad():
            for mean, parameter in zip(average.parameters(), network.parameters()):
                mean.mul_(past).add_(parameter, alpha=1 - past)
        if ${tell}(step % 20 == 0 or step == STEPS):
            print(f"step {step:4d}  test accuracy {100 * accuracy():.2f} %")`;

/** Without a seed PyTorch would begin with the same numbers every time. */
const SEEDING = `if SEED is None:
    torch.seed()
else:
    torch.manual_seed(SEED)`;

function cells(settings: OpacusSettings): NotebookCell[] {
  const { expectedBatchSize, steps, delta, seed, clipping, chargedNoise, link } = settings;
  const features = FEATURE_TEXTS[settings.features];
  const model = modelTexts(settings.hiddenUnits)[settings.model];
  const optimizer = optimizerTexts(settings);
  const charged = {
    sampleRate: expectedBatchSize / trainingSize(settings),
    noiseMultiplier: chargedNoise,
    steps,
    delta,
  };
  const spent = dpSgdEpsilon({ ...charged, accountant: 'pld' });
  const { epsilon } = rdpEpsilon(charged);
  return [
    {
      kind: 'markdown',
      source: `# DP-SGD on MNIST, with Opacus

Made by Epsilon Playground from this run: ${link}

${model.words} on ${features.words}, ${optimizer.words}, Poisson sampling, ${CLIPPING_WORDS[clipping]}, Gaussian noise. ε = ${python(roundUp(spent))} by PLD at δ = ${python(delta)}, add-or-remove-one neighbours.

Noise: ${seed === null ? 'from PyTorch’s own generator, seeded by the operating system. That is a rehearsal: noise that protects is drawn by a cryptographic generator (`torchcsprng`, and `secure_mode`)' : `seeded (${seed}): reproducible, not private`}.`,
    },
    { kind: 'code', source: '%pip install --quiet torch torchvision opacus numpy' },
    {
      kind: 'code',
      source: `${constants(settings)}
CHARGED_NOISE = ${python(chargedNoise)}   # sigma of all that one step releases
EPSILON = ${python(Number(epsilon.toPrecision(10)))}   # by RDP, with the playground's own code`,
    },
    {
      kind: 'markdown',
      source:
        '## Does the accountant agree?\n\nThe playground charges ε by PLD, which is tighter. RDP can be compared to the last digit: given the same orders, Opacus’ RDP accountant must say what the playground’s says. Nothing is trained before it does.',
    },
    {
      kind: 'code',
      source: opacusAgrees('CHARGED_NOISE'),
    },
    {
      kind: 'markdown',
      source: '## Data and features\n\nFixed features of each picture alone: they cost no privacy.',
    },
    { kind: 'code', source: features.code },
    { kind: 'code', source: dataPython(settings) },
    {
      kind: 'markdown',
      source: `## Training

Each step: draw a lot by Poisson sampling, clip each gradient to C, add them up, add noise with standard deviation σC, divide by the *expected* lot.`,
    },
    { kind: 'code', source: clippingPython(clipping, 'DPOptimizer') },
    {
      kind: 'code',
      source: `import copy

from opacus import GradSampleModule
from opacus.data_loader import DPDataLoader
from torch.utils.data import TensorDataset

${SEEDING}

${networkPython(settings)}
model = GradSampleModule(network)
${optimizerPython(settings, 'EXPECTED_BATCH_SIZE')}
loader = DPDataLoader(TensorDataset(x_train, y_train), sample_rate=SAMPLE_RATE)


${loopPython('')}`,
    },
    {
      kind: 'markdown',
      source: `The accuracy is measured on public test digits. ε covers this one run: trying several settings and keeping the best costs what all of them cost.

## On several processes or GPUs

The same run, divided among processes: each holds a part of the digits and draws from it by Poisson sampling with the same q, clips its own gradients, and the sums are added up. One process adds the noise, once. ε is the same, and the lot is as large: it is *a second run* all the same, and both together cost more than one.`,
    },
    { kind: 'code', source: `%%writefile dp_train.py\n${distributedScript(settings)}` },
    { kind: 'code', source: '!torchrun --standalone --nproc_per_node=2 dp_train.py' },
  ];
}

/** @returns the same training as a script for `torchrun`, without what the notebook has defined */
export function distributedScript(settings: OpacusSettings): string {
  const base: OptimizerBase = 'DistributedDPOptimizer';
  return `"""The run of the notebook on several processes: torchrun --standalone --nproc_per_node=2 dp_train.py"""
import copy

import torch
import torch.distributed as dist
from opacus import GradSampleModule
from opacus.data_loader import DPDataLoader
from opacus.distributed import DifferentiallyPrivateDistributedDataParallel
from torch.utils.data import TensorDataset

${constants(settings)}

dist.init_process_group("gloo")
RANK, PROCESSES = dist.get_rank(), dist.get_world_size()

${FEATURE_TEXTS[settings.features].code.trimEnd()}


${clippingPython(settings.clipping, base)}


if RANK > 0:
    dist.barrier()   # the first one downloads
${dataPython(settings)}
if RANK == 0:
    dist.barrier()

# Every process needs draws of its own: with the same ones, digits of different processes would join together.
if SEED is None:
    torch.seed()
else:
    torch.manual_seed(SEED + RANK)

${networkPython(settings)}
model = GradSampleModule(DifferentiallyPrivateDistributedDataParallel(network))
average.load_state_dict(network.state_dict())   # as the first process has drawn it
${optimizerPython(settings, 'EXPECTED_BATCH_SIZE / PROCESSES')}
loader = DPDataLoader(TensorDataset(x_train, y_train), sample_rate=SAMPLE_RATE, distributed=True)


${loopPython('RANK == 0 and ')}

dist.destroy_process_group()
`;
}

/** @returns the text of an .ipynb file */
export function opacusNotebook(settings: OpacusSettings): string {
  return writeIpynb(cells(settings), { language: 'python', metadata: { link: settings.link } });
}
