import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { DeletionResult } from './experiments/deletion';
import type { ReadClaimResult } from './experiments/read-claim';
import type { RealDeploymentsResult } from './experiments/real-deployments';
import type { RepeatedSecretResult } from './experiments/repeated-secret';
import type { ScenariosResult } from './experiments/scenarios';
import type { ThreatGameResult } from './experiments/threat-game';
import type { ThreatMatrixResult } from './experiments/threat-matrix';

export const lesson: Lesson = {
  slug: 'which-protection',
  title: 'Which protection for which threat',
  summary:
    'Play nine attacks against five protections, look up who uses differential privacy and at which ε, and learn to read a claim.',
  minutes: 45,
  needs: 'Runs anywhere',
  downloadMegabytes: 0,
  cells: [
    {
      id: 'shields',
      title: 'Nine attacks, five shields',
      summary: 'Put shields on, let the attack come, and see why it passes or stops.',
      load: async () => (await import('#cells/which-protection/shields')).ShieldsCell,
      poster: async () => (await import('#posters/which-protection/shields')).poster,
      findings: findings<ThreatGameResult>(
        ['attacks answered well', (r) => r.won],
        ['attacks played', (r) => r.played],
        ['attacks', (r) => r.of],
      ),
    },
    {
      id: 'quiz',
      title: 'You decide',
      summary: 'Decide eight cases, with a reason for every option.',
      load: async () => (await import('#cells/which-protection/quiz')).QuizCell,
      poster: async () => (await import('#posters/which-protection/quiz')).poster,
      findings: findings<ScenariosResult>(
        ['cases decided as we would', (r) => r.score],
        ['cases decided', (r) => r.answered],
        ['cases', (r) => r.of],
      ),
    },
    {
      id: 'matrix',
      title: 'The whole table: which protection for which threat?',
      summary: 'Judge which control answers which threat, and open a case where it does not.',
      load: async () => (await import('#cells/which-protection/matrix')).MatrixCell,
      poster: async () => (await import('#posters/which-protection/matrix')).poster,
      findings: findings<ThreatMatrixResult>(
        ['pairs judged as we would', (r) => r.score],
        ['pairs judged', (r) => r.answered],
        ['pairs', (r) => r.of],
      ),
    },
    {
      id: 'deployments',
      title: 'Who uses it, and at which ε?',
      summary:
        'Sort and filter real deployments, see what their ε leaves to an attacker, and take it to the sliders.',
      load: async () => (await import('#cells/which-protection/deployments')).DeploymentsCell,
      poster: async () => (await import('#posters/which-protection/deployments')).poster,
      findings: findings<RealDeploymentsResult>(
        ['ε of the one looked at', (r) => r.picked?.epsilon],
        ['picked out at 1 % false accusations, at most', (r) => r.picked?.caught],
        ['right guesses, at most', (r) => r.picked?.rightGuesses],
      ),
    },
    {
      id: 'claim',
      title: 'How to read somebody’s ε',
      summary:
        'Paste a claim of privacy, and see which questions it leaves open and what each does to its ε.',
      load: async () => (await import('#cells/which-protection/claim')).ClaimCell,
      poster: async () => (await import('#posters/which-protection/claim')).poster,
      findings: findings<ReadClaimResult>(
        ['ε as claimed', (r) => r.stated?.epsilon],
        ['questions open', (r) => r.open],
        ['picked out at 1 % false accusations, at most', (r) => r.stated?.caught],
      ),
    },
    {
      id: 'deleted',
      title: 'Deleted, and found',
      summary: 'Delete somebody perfectly, compare before and after, and see what only noise can hide.',
      load: async () => (await import('#cells/which-protection/deleted')).DeletedCell,
      poster: async () => (await import('#posters/which-protection/deleted')).poster,
      findings: findings<DeletionResult>(
        ['right, whoever subtracts', (r) => r.right],
        ['the same, counted', (r) => r.measured],
      ),
    },
    {
      id: 'secret',
      title: 'A secret in a language model',
      summary:
        'Hide a random number in training texts, copy it, and see how far a promise for one text reaches.',
      load: async () => (await import('#cells/which-protection/secret')).SecretCell,
      poster: async () => (await import('#posters/which-protection/secret')).poster,
      findings: findings<RepeatedSecretResult>(
        ['named at the first try, one record, at most', (r) => r.points[0]?.atMost],
        ['a blind guess', (r) => r.blind],
        ['records at which the promise ends', (r) => r.exposedAt ?? undefined],
      ),
    },
  ],
};
