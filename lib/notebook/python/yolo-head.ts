/**
 * The current training of the private detector as a notebook for PyTorch, Ultralytics and Opacus: a head that learns privately on the
 * frozen features of a public YOLO, at the run's σ, C, q, steps and learning rate. The backbone is another than the lesson's.
 */

import { dpSgdEpsilon, rdpEpsilon } from '@/lib/privacy';
import { type NotebookCell, writeIpynb } from '../ipynb';
import { roundUp } from '../two-ends';
import { opacusAgrees, python } from './in-python';

export interface YoloHeadSettings {
  /** People, each with one scene. */
  people: number;
  testScenes: number;
  /** q N */
  expectedBatchSize: number;
  noiseMultiplier: number;
  /** C, of a whole scene's gradient. */
  maxGradNorm: number;
  steps: number;
  delta: number;
  /** Of the step that is divided by q N C. */
  learningRate: number;
  averaging: number;
  momentum: number;
  /** Weights of the loss: of a right answer against a wrong one, and of the boxes. */
  positiveWeight: number;
  boxWeight: number;
  /** Null: unseeded. */
  seed: number | null;
  link: string;
}

function cells(settings: YoloHeadSettings): NotebookCell[] {
  const { people, testScenes, expectedBatchSize, noiseMultiplier, maxGradNorm, steps, delta } = settings;
  const { learningRate, averaging, momentum, positiveWeight, boxWeight, seed, link } = settings;
  const run = { sampleRate: expectedBatchSize / people, noiseMultiplier, steps, delta };
  const spent = dpSgdEpsilon({ ...run, accountant: 'pld' });
  const { epsilon } = rdpEpsilon(run);
  return [
    {
      kind: 'markdown',
      source: `# A private head on a frozen YOLO, with Opacus

Made by Epsilon Playground from this run: ${link}

The first five blocks of YOLOv8n, trained on public pictures, look at each form and stay as they are: what they compute of a form depends on that form alone. On their features, 64 numbers at each of 8 × 8 places, a head of one convolution learns privately where digits stand and which they are. The unit is a form with everything on it, one for each of ${people} people: ε = ${python(roundUp(spent))} by PLD at δ = ${python(delta)}, add-or-remove-one forms.

What differs from the lesson: its backbone is a smaller network of its own, so precision here is another, and a learning rate that was found for those features may not be the best for these. Its forms have stains and grain, and a rare symbol on one of them.

Noise: ${seed === null ? 'from PyTorch’s own generator, seeded by the operating system. That is a rehearsal: noise that protects is drawn by a cryptographic generator' : `seeded (${seed}): reproducible, not private`}.`,
    },
    { kind: 'code', source: '%pip install --quiet torch torchvision ultralytics opacus numpy pillow' },
    {
      kind: 'code',
      source: `PEOPLE = ${people}
TEST_SCENES = ${testScenes}
NOISE_MULTIPLIER = ${python(noiseMultiplier)}   # sigma: noise standard deviation / clip
MAX_GRAD_NORM = ${python(maxGradNorm)}      # C: of a whole form, over all its digits and all its empty places
SAMPLE_RATE = ${expectedBatchSize} / ${people}   # q: each form joins a step with this probability
EXPECTED_BATCH_SIZE = ${expectedBatchSize}
STEPS = ${steps}
DELTA = ${python(delta)}
LEARNING_RATE = ${python(learningRate)} / MAX_GRAD_NORM   # the playground divides its step by C as well
MOMENTUM = ${python(momentum)}
AVERAGING = ${python(averaging)}
POSITIVE_WEIGHT, BOX_WEIGHT = ${python(positiveWeight)}, ${python(boxWeight)}
SEED = ${seed ?? 'None'}
EPSILON = ${python(Number(epsilon.toPrecision(10)))}   # by RDP, with the playground's own code`,
    },
    {
      kind: 'code',
      source: opacusAgrees('NOISE_MULTIPLIER'),
    },
    {
      kind: 'markdown',
      source:
        '## Forms\n\nOne to four MNIST digits on a form of 64 × 64, no two of them with their centres in one place of 8 × 8. Private forms use the first 40,000 training digits, test forms the test digits.',
    },
    {
      kind: 'code',
      source: `import numpy as np
from PIL import Image
from torchvision.datasets import MNIST

SIDE, GRID, STRIDE, CLASSES = 64, 8, 8, 10


def form(digits, labels, random):
    """@returns ink from 0 to 1, 64 x 64, and a list of (x1, y1, x2, y2, digit) in pixels"""
    ink, objects = np.zeros((SIDE, SIDE)), []
    for _ in range(random.integers(1, 5)):
        one = random.integers(len(digits))
        rows, columns = (np.flatnonzero((digits[one] >= 64).any(axis=axis)) for axis in (1, 0))
        cut = digits[one][rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
        height = int(random.integers(17, 31))
        width = max(4, round(height * cut.shape[1] / cut.shape[0]))
        for _ in range(20):
            x, y = (int(random.integers(1, SIDE - size)) for size in (width, height))
            box = (x, y, x + width, y + height)
            place = ((box[1] + box[3]) // 2 // STRIDE, (box[0] + box[2]) // 2 // STRIDE)
            apart = lambda a: a[2] + 1 < box[0] or box[2] + 1 < a[0] or a[3] + 1 < box[1] or box[3] + 1 < a[1]
            taken = lambda a: ((a[1] + a[3]) // 2 // STRIDE, (a[0] + a[2]) // 2 // STRIDE) == place
            if x + width >= SIDE or y + height >= SIDE or any(taken(a) or not apart(a) for a in objects):
                continue
            drawn = np.asarray(Image.fromarray(cut).resize((width, height), Image.BILINEAR)) / 255
            ink[y:y + height, x:x + width] = np.maximum(ink[y:y + height, x:x + width], random.uniform(0.6, 1) * drawn)
            objects.append((*box, int(labels[one])))
            break
    return ink, objects


train, test = (MNIST("data", train=part, download=True) for part in (True, False))
random = np.random.default_rng(1)
forms = [form(train.data[:40_000].numpy(), train.targets.numpy(), random) for _ in range(PEOPLE)]
tests = [form(test.data.numpy(), test.targets.numpy(), random) for _ in range(TEST_SCENES)]


def targets(objects):
    """8 x 8 x (classes + 5): a 1 for the class, then the box in units of the stride and its weight, where its centre is."""
    out = np.zeros((GRID, GRID, CLASSES + 5), dtype=np.float32)
    for x1, y1, x2, y2, digit in objects:
        row, column = int((y1 + y2) / 2 // STRIDE), int((x1 + x2) / 2 // STRIDE)
        out[row, column, digit] = 1
        out[row, column, CLASSES:] = [x1 / STRIDE, y1 / STRIDE, x2 / STRIDE, y2 / STRIDE, 1]
    return out`,
    },
    {
      kind: 'markdown',
      source:
        '## Features\n\nThe frozen part of YOLO, up to where one place stands for 8 × 8 pixels. Batch normalisation is in its evaluation mode: it uses public statistics, and mixes no two forms.',
    },
    {
      kind: 'code',
      source: `import torch
from ultralytics import YOLO

backbone = torch.nn.Sequential(*YOLO("yolov8n.pt").model.model[:5]).eval().requires_grad_(False)


@torch.no_grad()
def features(inks):
    paper = torch.from_numpy(1 - np.stack(inks)).float()[:, None].expand(-1, 3, -1, -1)
    return torch.cat([backbone(part) for part in paper.split(50)])


x_train, x_test = (features([ink for ink, _ in some]) for some in (forms, tests))
y_train = torch.from_numpy(np.stack([targets(objects) for _, objects in forms]))
assert x_train.shape == (PEOPLE, 64, GRID, GRID)`,
    },
    {
      kind: 'markdown',
      source:
        '## Training\n\nThe loss of a form is a sum over its places, as YOLO’s is: a yes-or-no answer for each class, and where a digit has its centre the overlap of its box (GIoU). One form’s gradient is clipped as one.',
    },
    {
      kind: 'code',
      source: `import torch.nn.functional as F

centres = torch.stack(torch.meshgrid(torch.arange(GRID), torch.arange(GRID), indexing="xy"), dim=-1) + 0.5


def boxes_of(z):
    """Distances from the middle of each place to the four sides -> [x1, y1, x2, y2], in units of the stride."""
    distances = F.softplus(z)
    return torch.cat([centres - distances[..., :2], centres + distances[..., 2:]], dim=-1)


def losses(output, wanted):
    """One number a form. output: forms x (classes + 4) x 8 x 8"""
    output = output.permute(0, 2, 3, 1)
    logits, right = output[..., :CLASSES], wanted[..., :CLASSES]
    answers = F.binary_cross_entropy_with_logits(logits, right, reduction="none") * (1 + (POSITIVE_WEIGHT - 1) * right)
    found, box, weight = boxes_of(output[..., CLASSES:]), wanted[..., CLASSES:-1], wanted[..., -1]
    size = lambda b: (b[..., 2:] - b[..., :2]).clamp(min=0).prod(dim=-1)
    shared = size(torch.cat([torch.maximum(found[..., :2], box[..., :2]), torch.minimum(found[..., 2:], box[..., 2:])], -1))
    hull = size(torch.cat([torch.minimum(found[..., :2], box[..., :2]), torch.maximum(found[..., 2:], box[..., 2:])], -1)) + 1e-7
    union = size(found) + size(box) - shared + 1e-7
    overlap = shared / union + union / hull - 1
    return answers.flatten(1).sum(1) + BOX_WEIGHT * (weight * (1 - overlap)).flatten(1).sum(1)


def average_precision(found, total):
    """Area under precision over recall, at 101 recalls. found: (score, is right), in any order"""
    if total == 0:
        return None
    right = np.cumsum([hit for _, hit in sorted(found, key=lambda one: -one[0])] or [0])
    precision = np.maximum.accumulate((right / np.arange(1, len(right) + 1))[::-1])[::-1]
    places = np.searchsorted(right / total, np.linspace(0, 1, 101))
    return float(np.mean([precision[i] if i < len(precision) else 0 for i in places]))


def iou(a, b):
    shared = max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))
    area = lambda c: (c[2] - c[0]) * (c[3] - c[1])
    return shared / (area(a) + area(b) - shared)


@torch.no_grad()
def map50(head):
    output = head(x_test).permute(0, 2, 3, 1)
    scores, found = output[..., :CLASSES].sigmoid().numpy(), (boxes_of(output[..., CLASSES:]) * STRIDE).numpy()
    precisions = []
    for digit in range(CLASSES):
        guesses, total = [], 0
        for (_, objects), score, boxes in zip(tests, scores, found):
            left = [one for one in objects if one[4] == digit]
            total += len(left)
            for row, column in sorted(np.ndindex(GRID, GRID), key=lambda at: -score[at][digit]):
                if score[row, column, digit] < 0.001:
                    break
                best = max(left, key=lambda one: iou(one, boxes[row, column]), default=None)
                hit = best is not None and iou(best, boxes[row, column]) >= 0.5
                if hit:
                    left.remove(best)
                guesses.append((score[row, column, digit], hit))
        precisions.append(average_precision(guesses, total))
    return float(np.mean([one for one in precisions if one is not None]))`,
    },
    {
      kind: 'code',
      source: `import copy

from opacus import GradSampleModule
from opacus.data_loader import DPDataLoader
from opacus.optimizers import DPOptimizer
from torch.utils.data import TensorDataset

if SEED is None:
    torch.seed()
else:
    torch.manual_seed(SEED)

head = torch.nn.Conv2d(64, CLASSES + 4, 1)
torch.nn.init.zeros_(head.weight)
with torch.no_grad():
    head.bias[:CLASSES] = -4   # a digit of one kind is rare at any place
    head.bias[CLASSES:] = 1
average = copy.deepcopy(head)   # what is judged: the mean of the weights of the last steps
model = GradSampleModule(head)
optimizer = DPOptimizer(
    torch.optim.SGD(model.parameters(), lr=LEARNING_RATE, momentum=MOMENTUM),
    noise_multiplier=NOISE_MULTIPLIER,
    max_grad_norm=MAX_GRAD_NORM,
    expected_batch_size=EXPECTED_BATCH_SIZE,
)
loader = DPDataLoader(TensorDataset(x_train, y_train), sample_rate=SAMPLE_RATE)

step = 0
while step < STEPS:
    for x, y in loader:
        if step == STEPS:
            break
        step += 1
        optimizer.zero_grad()
        losses(model(x), y).mean().backward()
        optimizer.step()
        past = min(AVERAGING, (step - 1) / step)
        with torch.no_grad():
            for mean, parameter in zip(average.parameters(), head.parameters()):
                mean.mul_(past).add_(parameter, alpha=1 - past)
        if step % 40 == 0 or step == STEPS:
            print(f"step {step:4d}  mAP50 {100 * map50(average):.1f} %")`,
    },
    {
      kind: 'markdown',
      source:
        'mAP50 is measured on test forms of nobody in the account. ε covers the head of this one run; the backbone was trained on public pictures, and no ε covers those.',
    },
  ];
}

/** @returns the text of an .ipynb file */
export function yoloHeadNotebook(settings: YoloHeadSettings): string {
  return writeIpynb(cells(settings), { language: 'python', metadata: { link: settings.link } });
}
