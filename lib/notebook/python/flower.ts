/**
 * The current federated run as a Flower app in a notebook: client-level DP by Flower's own wrapper, at the run's σ, C, clients and rounds.
 * https://flower.ai/docs/framework/ref-api/flwr.serverapp.strategy.DifferentialPrivacyServerSideFixedClipping.html
 *
 * Flower's FedAvg draws a fixed number of clients and divides by how many answered. ε of the run is that of independent draws and of a
 * public number to divide by, so both are a strategy of their own below Flower's wrapper, which clips and adds the noise.
 */

import { dpSgdEpsilon } from '@/lib/privacy';
import { type NotebookCell, writeIpynb } from '../ipynb';
import { roundUp } from '../two-ends';
import { ORIENTED_GRADIENTS_PYTHON } from './digit-features';
import { python } from './in-python';

export interface FlowerSettings {
  clients: number;
  /** Of the training set, dealt out to the clients. */
  digitsEach: number;
  testDigits: number;
  /** q · clients, and what the sum is divided by. */
  clientsPerRound: number;
  /** σ: noise standard deviation divided by the clip. */
  noiseMultiplier: number;
  /** C, of a client's whole update. */
  maxUpdateNorm: number;
  rounds: number;
  localSteps: number;
  localLearningRate: number;
  deal: 'two-kinds' | 'mixed';
  delta: number;
  /** Null: unseeded. */
  seed: number | null;
  /** The link that leads back to this run. */
  link: string;
}

function cells(settings: FlowerSettings): NotebookCell[] {
  const { clients, digitsEach, testDigits, clientsPerRound, noiseMultiplier, maxUpdateNorm } = settings;
  const { rounds, localSteps, localLearningRate, deal, delta, seed, link } = settings;
  const epsilon = dpSgdEpsilon({
    ...{ sampleRate: clientsPerRound / clients, noiseMultiplier, steps: rounds, delta, accountant: 'pld' },
  });
  return [
    {
      kind: 'markdown',
      source: `# Federated learning with client-level DP, with Flower

Made by Epsilon Playground from this run: ${link}

${clients} clients with ${digitsEach} digits each learn softmax regression on oriented gradients together. In each round every client joins by a coin of its own, trains by itself, and sends its weights. Flower’s \`DifferentialPrivacyServerSideFixedClipping\` clips how far each client moved the model, and adds the noise. The unit is a client with all its digits: ε = ${python(roundUp(epsilon))} by PLD at δ = ${python(delta)}, add-or-remove-one clients.

The server is trusted: it sees each update before the noise. Flower draws the noise with NumPy, whose generator is not cryptographic: ${seed === null ? 'this is a rehearsal of a private run' : `and it is seeded (${seed}): reproducible, not private`}. Digits are dealt out by the rule of the lesson, with other random numbers; a run agrees with the lesson’s in distribution.`,
    },
    { kind: 'code', source: '%pip install --quiet "flwr[simulation]>=1.22" dp-accounting torchvision numpy' },
    {
      kind: 'code',
      source: `CLIENTS = ${clients}
DIGITS_EACH = ${digitsEach}
TEST_DIGITS = ${testDigits}
CLIENTS_PER_ROUND = ${python(clientsPerRound)}   # on average, and what the sum is divided by
SAMPLE_RATE = CLIENTS_PER_ROUND / CLIENTS   # q: each client joins a round with this probability
NOISE_MULTIPLIER = ${python(noiseMultiplier)}   # sigma: noise standard deviation / clip
CLIPPING_NORM = ${python(maxUpdateNorm)}   # C, of a client's whole update
ROUNDS = ${rounds}
LOCAL_STEPS = ${localSteps}
LOCAL_LEARNING_RATE = ${python(localLearningRate)}
DEAL = "${deal}"
DELTA = ${python(delta)}
SEED = ${seed ?? 'None'}
EPSILON = ${python(Number(epsilon.toPrecision(10)))}   # by PLD, with the playground's own code`,
    },
    {
      kind: 'markdown',
      source:
        '## Does the accountant agree?\n\nGoogle’s accountant, for independent draws of clients. Nothing is trained before it does.',
    },
    {
      kind: 'code',
      source: `import dp_accounting
from dp_accounting.pld import PLDAccountant

accountant = PLDAccountant()
one_round = dp_accounting.PoissonSampledDpEvent(SAMPLE_RATE, dp_accounting.GaussianDpEvent(NOISE_MULTIPLIER))
accountant.compose(one_round, ROUNDS)
epsilon = accountant.get_epsilon(DELTA)
print(f"dp_accounting: epsilon {epsilon:.4f}; playground: {EPSILON:.4f}")
assert abs(epsilon - EPSILON) <= 1e-2 * max(1, EPSILON), "the accountants disagree"`,
    },
    { kind: 'markdown', source: '## Data, and who holds what' },
    { kind: 'code', source: ORIENTED_GRADIENTS_PYTHON },
    {
      kind: 'code',
      source: `from torchvision.datasets import MNIST

train, test = (MNIST("data", train=part, download=True) for part in (True, False))
x_train, y_train = oriented_gradients(train.data[:CLIENTS * DIGITS_EACH].numpy()), train.targets[:CLIENTS * DIGITS_EACH].numpy()
x_test, y_test = oriented_gradients(test.data[:TEST_DIGITS].numpy()), test.targets[:TEST_DIGITS].numpy()


def dealt_out():
    """Rows of each client. Two kinds: sorted by digit, cut into pieces, two pieces a client (McMahan et al. 2017)."""
    random = np.random.default_rng(2017)
    order = random.permutation(len(y_train))
    if DEAL == "mixed":
        return np.array_split(order, CLIENTS)
    pieces = np.array_split(order[np.argsort(y_train[order], kind="stable")], 2 * CLIENTS)
    chosen = random.permutation(2 * CLIENTS)
    return [np.concatenate([pieces[chosen[2 * k]], pieces[chosen[2 * k + 1]]]) for k in range(CLIENTS)]


SHARDS = dealt_out()


def probabilities(weights, x):
    """weights: 10 x (width + 1), the bias last."""
    logits = x @ weights[:, :-1].T + weights[:, -1]
    logits = np.exp(logits - logits.max(axis=1, keepdims=True))
    return logits / logits.sum(axis=1, keepdims=True)


def descend(weights, x, y):
    """Gradient steps on the mean cross-entropy of a client's own digits."""
    weights = weights.copy()
    for _ in range(LOCAL_STEPS):
        slopes = probabilities(weights, x)
        slopes[np.arange(len(y)), y] -= 1
        weights -= LOCAL_LEARNING_RATE / len(y) * np.hstack([slopes.T @ x, slopes.sum(axis=0)[:, None]])
    return weights`,
    },
    { kind: 'markdown', source: '## The app' },
    {
      kind: 'code',
      source: `from flwr.app import ArrayRecord, Context, Message, MetricRecord, RecordDict
from flwr.clientapp import ClientApp

client_app = ClientApp()


@client_app.train()
def train_on_own_digits(msg: Message, context: Context) -> Message:
    rows = SHARDS[int(context.node_config["partition-id"])]
    (weights,) = msg.content["arrays"].to_numpy_ndarrays()
    content = RecordDict(
        {
            "arrays": ArrayRecord([descend(weights, x_train[rows], y_train[rows])]),
            "metrics": MetricRecord({"num-examples": len(rows)}),
        }
    )
    return Message(content=content, reply_to=msg)`,
    },
    {
      kind: 'code',
      source: `from flwr.app import MessageType
from flwr.serverapp import Grid, ServerApp
from flwr.serverapp.strategy import DifferentialPrivacyServerSideFixedClipping, FedAvg


class PoissonFedAvg(FedAvg):
    """Each client joins a round by a coin of its own, and the sum is divided by the expected number: what was drawn stays secret."""

    def configure_train(self, server_round, arrays, config, grid):
        self.arrays = arrays
        config["server-round"] = server_round
        record = RecordDict({self.arrayrecord_key: arrays, self.configrecord_key: config})
        drawn = [node for node in grid.get_node_ids() if np.random.random() < SAMPLE_RATE]
        return [Message(content=record, message_type=MessageType.TRAIN, dst_node_id=node) for node in drawn]

    def aggregate_train(self, server_round, replies):
        (start,) = self.arrays.to_numpy_ndarrays()
        moved = np.zeros_like(start)
        for reply in replies:   # clipped by now
            (weights,) = reply.content[self.arrayrecord_key].to_numpy_ndarrays()
            moved += weights - start
        return ArrayRecord([start + moved / CLIENTS_PER_ROUND]), MetricRecord()


def accuracy(server_round: int, arrays: ArrayRecord) -> MetricRecord:
    (weights,) = arrays.to_numpy_ndarrays()
    right = float((probabilities(weights, x_test).argmax(axis=1) == y_test).mean())
    print(f"round {server_round:3d}  test accuracy {100 * right:.1f} %")
    return MetricRecord({"accuracy": right})


server_app = ServerApp()


@server_app.main()
def main(grid: Grid, context: Context) -> None:
    if SEED is not None:
        np.random.seed(SEED)
    strategy = DifferentialPrivacyServerSideFixedClipping(
        PoissonFedAvg(fraction_evaluate=0.0),
        noise_multiplier=NOISE_MULTIPLIER,
        clipping_norm=CLIPPING_NORM,
        num_sampled_clients=CLIENTS_PER_ROUND,
    )
    strategy.start(
        grid=grid,
        initial_arrays=ArrayRecord([np.zeros((10, x_train.shape[1] + 1))]),
        num_rounds=ROUNDS,
        evaluate_fn=accuracy,
    )`,
    },
    {
      kind: 'code',
      source: `from flwr.simulation import run_simulation

run_simulation(server_app=server_app, client_app=client_app, num_supernodes=CLIENTS)`,
    },
    {
      kind: 'markdown',
      source:
        'Flower warns in each round that another number of clients answered than was expected: that is the coin. The accuracy is measured on public test digits. ε covers this one run: trying several settings and keeping the best costs what all of them cost.',
    },
  ];
}

/** @returns the text of an .ipynb file */
export function flowerNotebook(settings: FlowerSettings): string {
  return writeIpynb(cells(settings), { language: 'python', metadata: { link: settings.link } });
}
