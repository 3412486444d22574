import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { AuditOutcome } from './experiments/audit';
import type { CanaryResult } from './experiments/canaries';
import type { CensusBlockResult } from './experiments/census-block';
import type { MembershipResult } from './experiments/membership';
import type { ReconstructResult } from './experiments/reconstruct';
import type { SubsetSumsResult } from './experiments/subset-sums';

export const lesson: Lesson = {
  slug: 'attacks',
  title: 'Attacks',
  summary:
    'Read a picture off its gradient, find out who was in the training data, and watch privacy stop both.',
  minutes: 35,
  needs: 'Runs anywhere',
  downloadMegabytes: 2,
  cells: [
    {
      id: 'reconstruct',
      title: 'A picture out of a gradient',
      summary: 'Read a digit off the gradient of one training step, and see clip and noise spoil it.',
      load: async () => (await import('#cells/attacks/reconstruct')).ReconstructCell,
      findings: findings<ReconstructResult>(
        ['similarity, from the plain gradient', (r) => r.plain.similarity],
        ['similarity, from the private one', (r) => r.private.similarity],
        ['ε of showing it', (r) => r.epsilon],
        ['length of the gradient', (r) => r.norm],
      ),
    },
    {
      id: 'census-block',
      title: 'Rebuild a block of the census',
      summary: 'Publish tables about seven people, watch a solver find them, and add noise until it cannot.',
      load: async () => (await import('#cells/attacks/census-block')).CensusBlockCell,
      findings: findings<CensusBlockResult>(
        ['blocks that fit the exact tables', (r) => r.exact.blocks],
        ['people who are certain, of seven', (r) => r.exact.certain],
        ['people found from noisy tables, on average', (r) => r.noisy.meanFound],
        ['people found by guessing, on average', (r) => r.guessed],
      ),
    },
    {
      id: 'subset-sums',
      title: 'Too many answers, too exact',
      summary: 'Compute 200 secret bits back from noisy counts, and find the noise that stops it.',
      load: async () => (await import('#cells/attacks/subset-sums')).SubsetSumsCell,
      findings: findings<SubsetSumsResult>(
        ['bits read rightly, share', (r) => r.right],
        ['most that ε allows, on average', (r) => r.bound],
        ['ε of all answers', (r) => r.epsilon],
      ),
    },
    {
      id: 'membership',
      title: 'Were you in the training data?',
      summary: 'Attack a plain and a private model, and hold the attack against its proven limit.',
      load: async () => (await import('#cells/attacks/membership')).MembershipCell,
      findings: findings<MembershipResult>(
        ['area under ROC, attack on the plain model', (r) => r.plain?.ratio.auc],
        ['area under ROC, attack on the private model', (r) => r.private?.ratio.auc],
        ['most that is possible against the private model', (r) => r.boundAuc],
        ['found at 1 % false alarms, plain', (r) => r.plain?.ratio.tpr],
        ['found at 1 % false alarms, private', (r) => r.private?.ratio.tpr],
        ['most at 1 % false alarms', (r) => r.boundTpr],
        ['test accuracy, plain', (r) => r.plain?.testAccuracy],
        ['test accuracy, private', (r) => r.private?.testAccuracy],
      ),
    },
    {
      id: 'canaries',
      title: 'Canaries',
      summary: 'Hide pictures of pure noise in the training data, and see which model remembers them.',
      load: async () => (await import('#cells/attacks/canaries')).CanariesCell,
      findings: findings<CanaryResult>(
        ['exposure, plain (bits)', (r) => r.plain?.exposure],
        ['exposure, private (bits)', (r) => r.private?.exposure],
      ),
    },
    {
      id: 'audit',
      title: 'Audit the trainer',
      summary: 'Plant one of seven mistakes in a trainer, and see which audits refute its claim.',
      load: async () => (await import('#cells/attacks/audit')).AuditCell,
      findings: findings<AuditOutcome>(
        ['ε proven from below', (r) => r.lowerBound],
        ['ε claimed', (r) => r.claimed],
        ['guesses that were right', (r) => r.correct],
        ['guesses', (r) => r.guesses],
      ),
    },
  ],
};
