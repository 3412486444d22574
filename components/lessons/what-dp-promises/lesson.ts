import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { AttackersResult } from './experiments/attackers';
import type { ChooseResult } from './experiments/choose';
import type { LinkageResult } from './experiments/linkage';
import type { OnePersonResult } from './experiments/one-person';
import type { RepeatResult } from './experiments/repeat-question';
import type { TwoWorldsResult } from './experiments/two-worlds';

export const lesson: Lesson = {
  slug: 'what-dp-promises',
  title: 'What differential privacy promises',
  summary:
    'Put names back onto a file without names, step in and out of the data, and learn what ε bounds for any attacker.',
  minutes: 30,
  needs: 'Runs anywhere',
  downloadMegabytes: 0,
  cells: [
    {
      id: 'mechanism',
      title: 'With you, and without you',
      summary: 'Compare the answers of two worlds that differ in one person, at the ε you choose.',
      load: async () => (await import('#cells/what-dp-promises/mechanism')).MechanismCell,
      findings: findings<TwoWorldsResult>(
        ['best guesser is right', (r) => r.best],
        ['guesser on these draws', (r) => r.right / r.of],
        ['most that ε and δ allow', (r) => r.bound],
      ),
    },
    {
      id: 'guess',
      title: 'Can you tell from one answer?',
      summary: 'See one noisy count, guess whether somebody took part, and count how often you are right.',
      load: async () => (await import('#cells/what-dp-promises/guess')).GuessCell,
      findings: findings<TwoWorldsResult>(
        ['best guesser is right', (r) => r.best],
        ['guesser on these draws', (r) => r.right / r.of],
      ),
    },
    {
      id: 'linkage',
      title: 'Names removed, and put back',
      summary: 'Join a file without names to a public list, and see who can be named.',
      load: async () => (await import('#cells/what-dp-promises/linkage')).LinkageCell,
      findings: findings<LinkageResult>(
        ['records alone in the file', (r) => r.unique],
        ['records named', (r) => r.named],
        ['names that are right', (r) => r.right],
        ['diagnosis known anyway', (r) => r.alike],
        ['smallest group', (r) => r.smallest],
        ['private count', (r) => r.count.private],
        ['exact count', (r) => r.count.exact],
      ),
    },
    {
      id: 'neighbours',
      title: 'One person more or less',
      summary: 'Drag yourself in and out of the data, and see what an answer gives away.',
      load: async () => (await import('#cells/what-dp-promises/neighbours')).NeighboursCell,
      findings: findings<OnePersonResult>(
        ['middle private answer, with you', (r) => r.median.with],
        ['middle private answer, without you', (r) => r.median.without],
        ['exact answer, with you', (r) => r.exact.with],
        ['exact answer, without you', (r) => r.exact.without],
        ['guessed from one answer', (r) => r.guessed],
        ['nobody can beat', (r) => r.bound],
      ),
    },
    {
      id: 'roc',
      title: 'Four attackers',
      summary: 'Watch attackers guess, and see the curve that none of them can cross.',
      load: async () => (await import('#cells/what-dp-promises/roc')).RocCell,
      findings: findings<AttackersResult>(
        [
          'advantage reached',
          (r) => {
            const likelier = r.attackers.find(({ id }) => id === 'likelier');
            return likelier && likelier.truePositiveRate - likelier.falsePositiveRate;
          },
        ],
        ['best advantage possible', (r) => r.advantage],
        ['advantage that ε and δ allow', (r) => r.maxAdvantage],
      ),
    },
    {
      id: 'choosing',
      title: 'The privacy of choosing',
      summary:
        'Announce a winner privately, with your vote and without, and see how far the name gives you away.',
      load: async () => (await import('#cells/what-dp-promises/choosing')).ChoosingCell,
      findings: findings<ChooseResult>(
        ['largest ratio of the two worlds', (r) => r.ratio],
        ['best guesser is right', (r) => r.best],
        ['true winner is named, with you', (r) => r.probability.with[r.winner.with]],
      ),
    },
    {
      id: 'budget',
      title: 'Ask again',
      summary: 'Repeat a question until its noise averages away, and watch ε add up.',
      load: async () => (await import('#cells/what-dp-promises/budget')).BudgetCell,
      findings: findings<RepeatResult>(
        ['mean of the answers', (r) => r.answers.at(-1)?.mean],
        ['its standard deviation', (r) => r.answers.at(-1)?.deviation],
        ['ε in all', (r) => r.answers.at(-1)?.epsilon],
        ['guessed rightly', (r) => r.guessed],
      ),
    },
  ],
};
