/**
 * The current training run as a Python notebook for PyTorch and Opacus: same data, features, model, optimiser, σ, C, q, steps and
 * learning rate, and a check that Opacus' accountant agrees with ours.
 *
 * Random numbers differ, so a run agrees in distribution, not digit by digit.
 */
import { DEFAULT_ORDERS, dpSgdEpsilon, rdpEpsilon } from '@/lib/privacy';
import { type NotebookCell, writeIpynb } from '../ipynb';
import { roundUp } from '../two-ends';

export interface OpacusSettings {
  /** Grey values from 0 to 1, or edges in eight directions. */
  features: 'gradients' | 'pixels';
  /** One layer; two with hidden units of tanh; or the small convolutional network, which takes pixels. */
  model: 'softmax' | 'mlp' | 'cnn';
  /** Of the perceptron. */
  hiddenUnits: number;
  optimizer: 'momentum' | 'adam';
  noiseMultiplier: number;
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

export const TRAINING_SIZE = 60_000;

const python = (value: number) =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(12)));

export const ORIENTED_GRADIENTS_PYTHON = `import numpy as np

SIDE, CELL, DIRECTIONS, LENGTH = 28, 4, 8, 5.0

# A Gaussian (sigma 1) and its derivative at -2 ... 2.
taps = np.arange(-2, 3)
bell = np.exp(-taps**2 / 2)
slope = taps * bell


def along(images, kernel, axis):
    """Correlates with zeros beyond the edge."""
    pad = [(0, 0), (0, 0), (0, 0)]
    pad[axis] = (2, 2)
    padded = np.pad(images, pad)
    size = images.shape[axis]
    return sum(k * np.take(padded, range(i, i + size), axis=axis) for i, k in enumerate(kernel))


def oriented_gradients(images):
    """n x 28 x 28 grey values -> n x 392: edges in 8 directions at 7 x 7 places, each picture to length 5."""
    images = images.astype(np.float64)
    dx = along(along(images, slope, 2), bell, 1)
    dy = along(along(images, bell, 2), slope, 1)
    n = len(images)
    out = np.zeros((n, 7, 7, DIRECTIONS))
    for k in range(DIRECTIONS // 2):
        angle = k * np.pi / 4
        kernel = np.cos(angle) * np.outer(bell, slope) + np.sin(angle) * np.outer(slope, bell)
        scale = 2 / np.abs(kernel).sum()
        edge = scale * (np.cos(angle) * dx + np.sin(angle) * dy)
        places = edge.reshape(n, 7, CELL, 7, CELL)
        out[..., k] = np.maximum(places, 0).sum(axis=(2, 4))
        out[..., k + 4] = np.maximum(-places, 0).sum(axis=(2, 4))
    out = out.reshape(n, -1)
    out -= out.mean(axis=1, keepdims=True)
    norm = np.linalg.norm(out, axis=1, keepdims=True)
    return (LENGTH * out / np.where(norm > 0, norm, 1)).astype(np.float32)
`;

const PIXELS = `import numpy as np


def grey_values(images):
    """n x 28 x 28 grey values from 0 to 255 -> n x 784 from 0 to 1."""
    return (images.reshape(len(images), -1) / 255).astype(np.float32)
`;

const FEATURE_TEXTS = {
  gradients: { code: ORIENTED_GRADIENTS_PYTHON, call: 'oriented_gradients', words: 'oriented gradients' },
  pixels: { code: PIXELS, call: 'grey_values', words: 'raw pixels' },
} as const;

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

const OPTIMIZER_TEXTS = {
  momentum: {
    words: 'SGD with momentum',
    rate: ' / MAX_GRAD_NORM   # the playground divides its step by C as well',
    code: 'torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM)',
  },
  adam: {
    words: 'DP-Adam',
    rate: '   # Adam does not mind the length of a gradient',
    // Its ε stands beside a gradient that the playground has divided by C.
    code: 'torch.optim.Adam(model.parameters(), lr=LEARNING_RATE, eps=1e-8 * MAX_GRAD_NORM)',
  },
} as const;

function cells(settings: OpacusSettings): NotebookCell[] {
  const { noiseMultiplier, maxGradNorm, expectedBatchSize, steps, delta, seed } = settings;
  const { learningRate, averaging, momentum, link } = settings;
  const features = FEATURE_TEXTS[settings.features];
  const model = modelTexts(settings.hiddenUnits)[settings.model];
  const optimizer = OPTIMIZER_TEXTS[settings.optimizer];
  const sampleRate = expectedBatchSize / TRAINING_SIZE;
  const spent = dpSgdEpsilon({ sampleRate, noiseMultiplier, steps, delta, accountant: 'pld' });
  const { epsilon } = rdpEpsilon({ sampleRate, noiseMultiplier, steps, delta });
  const secure = seed === null;
  return [
    {
      kind: 'markdown',
      source: `# DP-SGD on MNIST, with Opacus

Made by Epsilon Playground from this run: ${link}

${model.words} on ${features.words}, ${optimizer.words}, Poisson sampling, per-example clipping, Gaussian noise. ε = ${python(roundUp(spent))} by PLD at δ = ${python(delta)}, add-or-remove-one neighbours.

Noise: ${secure ? 'from the operating system’s generator (install `torchcsprng` for `secure_mode`, or accept PyTorch’s own generator and call the run a rehearsal)' : `seeded (${seed}): reproducible, not private`}.`,
    },
    { kind: 'code', source: '%pip install --quiet torch torchvision opacus numpy' },
    {
      kind: 'code',
      source: `NOISE_MULTIPLIER = ${python(noiseMultiplier)}   # sigma: noise standard deviation / clip
MAX_GRAD_NORM = ${python(maxGradNorm)}      # C
SAMPLE_RATE = ${expectedBatchSize} / ${TRAINING_SIZE}   # q: each digit joins a step with this probability
EXPECTED_BATCH_SIZE = ${expectedBatchSize}
STEPS = ${steps}
DELTA = ${python(delta)}
LEARNING_RATE = ${python(learningRate)}${optimizer.rate}
${
  settings.optimizer === 'momentum'
    ? `MOMENTUM = ${python(momentum)}
`
    : ''
}AVERAGING = ${python(averaging)}
SEED = ${secure ? 'None' : seed}
EPSILON = ${python(Number(epsilon.toPrecision(10)))}   # by RDP, with the playground's own code`,
    },
    {
      kind: 'markdown',
      source:
        '## Does the accountant agree?\n\nThe playground charges ε by PLD, which is tighter. RDP can be compared to the last digit: given the same orders, Opacus’ RDP accountant must say what the playground’s says. Nothing is trained before it does.',
    },
    {
      kind: 'code',
      source: `from opacus.accountants import RDPAccountant

ORDERS = [${DEFAULT_ORDERS.map(python).join(', ')}]
accountant = RDPAccountant()
accountant.history = [(NOISE_MULTIPLIER, SAMPLE_RATE, STEPS)]
epsilon = accountant.get_epsilon(delta=DELTA, alphas=ORDERS)
print(f"Opacus: epsilon {epsilon:.5f}; playground: {EPSILON:.5f}")
assert abs(epsilon - EPSILON) <= 1e-3 * max(1, EPSILON), "the accountants disagree"`,
    },
    {
      kind: 'markdown',
      source: '## Data and features\n\nFixed features of each picture alone: they cost no privacy.',
    },
    { kind: 'code', source: features.code },
    {
      kind: 'code',
      source: `import torch
from torchvision.datasets import MNIST

train, test = (MNIST("data", train=part, download=True) for part in (True, False))
x_train, x_test = (torch.from_numpy(${features.call}(part.data.numpy())) for part in (train, test))
y_train, y_test = train.targets, test.targets
assert len(x_train) == ${TRAINING_SIZE}`,
    },
    {
      kind: 'markdown',
      source: `## Training

Each step: draw a lot by Poisson sampling, clip each gradient to C, add them up, add noise with standard deviation σC, divide by the *expected* lot.`,
    },
    {
      kind: 'code',
      source: `import copy

from opacus import GradSampleModule
from opacus.data_loader import DPDataLoader
from opacus.optimizers import DPOptimizer
from torch.utils.data import TensorDataset

if SEED is not None:
    torch.manual_seed(SEED)

${model.code}${settings.model === 'softmax' ? '' : GLOROT}
average = copy.deepcopy(network)   # what is judged: the mean of the weights of the last steps
model = GradSampleModule(network)
optimizer = DPOptimizer(
    ${optimizer.code},
    noise_multiplier=NOISE_MULTIPLIER,
    max_grad_norm=MAX_GRAD_NORM,
    expected_batch_size=EXPECTED_BATCH_SIZE,
)
loader = DPDataLoader(TensorDataset(x_train, y_train), sample_rate=SAMPLE_RATE)


@torch.no_grad()
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
        if step % 20 == 0 or step == STEPS:
            print(f"step {step:4d}  test accuracy {100 * accuracy():.2f} %")`,
    },
    {
      kind: 'markdown',
      source: `The accuracy is measured on public test digits. ε covers this one run: trying several settings and keeping the best costs what all of them cost.`,
    },
  ];
}

/** @returns the text of an .ipynb file */
export function opacusNotebook(settings: OpacusSettings): string {
  return writeIpynb(cells(settings), { language: 'python', metadata: { link: settings.link } });
}
