import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { MasksResult } from './experiments/masks';
import type { PeekResult, View } from './experiments/peek';
import type { FederatedResult } from './experiments/rounds';

/** With the digit, of all that went in, that a view is most like. */
const likeness = ({ rows, best }: View) => rows[best]!.match.ssim;

export const lesson: Lesson = {
  slug: 'federated-learning',
  title: 'Federated learning and DP',
  summary:
    'Read a picture off what a phone sends, hide it in a sum of secrets, and train 500 clients with privacy for each.',
  minutes: 30,
  needs: 'Runs anywhere, in seconds on a laptop',
  downloadMegabytes: 11,
  cells: [
    {
      id: 'peek',
      title: 'What the server sees',
      summary: 'Be the server: read clients’ pictures off their updates and sums, and see whose they are.',
      load: async () => (await import('#cells/federated-learning/peek')).PeekCell,
      findings: findings<PeekResult>(
        ['similarity, one update', (r) => likeness(r.read.alone)],
        ['similarity, clipped', (r) => likeness(r.read.clipped)],
        ['similarity, clipped with noise', (r) => likeness(r.read.noisy)],
        ['similarity, the sum', (r) => likeness(r.read.sum)],
        ['rows of the sum that name somebody', (r) => r.read.sum.named],
        ['length of the update', (r) => r.length],
      ),
    },
    {
      id: 'secure-agg',
      title: 'A sum of secrets',
      summary: 'Add up masked updates exactly, and see what happens when somebody drops out.',
      load: async () => (await import('#cells/federated-learning/secure-agg')).SecureAggCell,
      findings: findings<MasksResult>(
        ['numbers of the sum that are exact', (r) => r.exact],
        ['numbers of an update', (r) => r.numbers],
        ['share of ones in a message', (r) => r.ones],
        ['clients that stayed', (r) => r.survivors],
      ),
    },
    {
      id: 'rounds',
      title: '500 clients learn together',
      summary: 'Train a model over 500 clients, with and without privacy for each of them.',
      load: async () => (await import('#cells/federated-learning/rounds')).RoundsCell,
      findings: findings<FederatedResult>(
        ['accuracy, private', (r) => r.last?.privateAccuracy],
        ['accuracy, plain', (r) => r.last?.plainAccuracy],
        ['ε of the run', (r) => r.epsilon],
        ['rounds', (r) => r.last?.round],
      ),
    },
  ],
};
