/**
 * What a finished run of each cell found, in words: the columns of the table of runs. The most telling first.
 */

import type { AskCountResult } from '@/components/lessons/a-budget-across-runs/experiments/ask-count';
import type { ComposedTotals } from '@/components/lessons/a-budget-across-runs/experiments/compose-runs';
import type { RunsThatFit } from '@/components/lessons/a-budget-across-runs/experiments/plan-runs';
import type { DetectorNoiseResult } from '@/components/lessons/a-privately-trained-detector/experiments/detector-noise';
import type { RareSymbolResult } from '@/components/lessons/a-privately-trained-detector/experiments/rare-symbol';
import type { TrainDetectorResult } from '@/components/lessons/a-privately-trained-detector/experiments/train-detector';
import type { AuditOutcome } from '@/components/lessons/attacks/experiments/audit';
import type { CanaryResult } from '@/components/lessons/attacks/experiments/canaries';
import type { MembershipResult } from '@/components/lessons/attacks/experiments/membership';
import type { ReconstructResult } from '@/components/lessons/attacks/experiments/reconstruct';
import type { MasksResult } from '@/components/lessons/federated-learning/experiments/masks';
import type { PeekResult } from '@/components/lessons/federated-learning/experiments/peek';
import type { FederatedResult } from '@/components/lessons/federated-learning/experiments/rounds';
import type { ClassifyResult } from '@/components/lessons/healthcare/experiments/classify';
import type { HospitalResult } from '@/components/lessons/healthcare/experiments/hospitals';
import type { MemoryResult } from '@/components/lessons/healthcare/experiments/memory';
import type { SubgroupResult } from '@/components/lessons/healthcare/experiments/subgroups';
import type { AccuracySweepResult } from '@/components/lessons/noise-on-pixels/experiments/accuracy-sweep';
import type { DetectResult } from '@/components/lessons/noise-on-pixels/experiments/detect';
import type { HideDetectedResult } from '@/components/lessons/noise-on-pixels/experiments/hide-detected';
import type { NoiseSweepResult } from '@/components/lessons/noise-on-pixels/experiments/noise-sweep';
import type { PixelEpsilonResult } from '@/components/lessons/noise-on-pixels/experiments/pixel-epsilon';
import type { CentralResult } from '@/components/lessons/telemetry/experiments/central';
import type { LongitudinalResult } from '@/components/lessons/telemetry/experiments/longitudinal';
import type { PopulationResult } from '@/components/lessons/telemetry/experiments/population';
import type { OwnReportResult } from '@/components/lessons/telemetry/experiments/report';
import type { WordsResult } from '@/components/lessons/telemetry/experiments/words';
import type { OneStepResult } from '@/components/lessons/training-with-dp-sgd/experiments/one-step';
import type { TrainMnistResult } from '@/components/lessons/training-with-dp-sgd/experiments/train-mnist';
import type { AttackersResult } from '@/components/lessons/what-dp-promises/experiments/attackers';
import type { LinkageResult } from '@/components/lessons/what-dp-promises/experiments/linkage';
import type { OnePersonResult } from '@/components/lessons/what-dp-promises/experiments/one-person';
import type { RepeatResult } from '@/components/lessons/what-dp-promises/experiments/repeat-question';
import type { TwoWorldsResult } from '@/components/lessons/what-dp-promises/experiments/two-worlds';
import type { ScenariosResult } from '@/components/lessons/which-protection/experiments/scenarios';
import type { ThreatMatrixResult } from '@/components/lessons/which-protection/experiments/threat-matrix';
import type { SweepResult } from '@/lib/runs/sweep-runs';

type Finding<Result> = readonly [words: string, of: (result: Result) => number | null | undefined];
/** The result is a stranger's in a damaged store: whoever reads it catches. */
type Findings = readonly Finding<never>[];

const of = <Result>(...findings: readonly Finding<Result>[]): Findings => findings;

const CLASSIFIER = of<ClassifyResult>(
  ['accuracy, private', (r) => r.private?.accuracy.mean],
  ['accuracy, plain', (r) => r.plain?.accuracy.mean],
  ['tumours missed, private', (r) => r.private?.missed],
  ['tumours missed, plain', (r) => r.plain?.missed],
  ['false alarms, private', (r) => r.private?.alarms],
  ['false alarms, plain', (r) => r.plain?.alarms],
  ['area under ROC, private', (r) => r.private?.auc.mean],
  ['area under ROC, plain', (r) => r.plain?.auc.mean],
  ['calibration error, private', (r) => r.private?.calibrationError],
  ['patients tested', (r) => r.tested],
);

/** By cell, as in `components/lessons/cells.ts`. */
export const FINDINGS: Readonly<Record<string, Findings>> = {
  mechanism: of<TwoWorldsResult>(
    ['best guesser is right', (r) => r.best],
    ['guesser on these draws', (r) => r.right / r.of],
    ['most that ε and δ allow', (r) => r.bound],
  ),
  linkage: of<LinkageResult>(
    ['records alone in the file', (r) => r.unique],
    ['records named', (r) => r.named],
    ['names that are right', (r) => r.right],
    ['diagnosis plain all the same', (r) => r.alike],
    ['smallest group', (r) => r.smallest],
    ['private count', (r) => r.count.private],
    ['exact count', (r) => r.count.exact],
  ),
  neighbours: of<OnePersonResult>(
    ['middle private answer, with you', (r) => r.median.with],
    ['middle private answer, without you', (r) => r.median.without],
    ['exact answer, with you', (r) => r.exact.with],
    ['exact answer, without you', (r) => r.exact.without],
    ['guessed from one answer', (r) => r.guessed],
    ['nobody can beat', (r) => r.bound],
  ),
  roc: of<AttackersResult>(
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
  budget: of<RepeatResult>(
    ['mean of the answers', (r) => r.answers.at(-1)?.mean],
    ['its standard deviation', (r) => r.answers.at(-1)?.deviation],
    ['ε in all', (r) => r.answers.at(-1)?.epsilon],
    ['guessed rightly', (r) => r.guessed],
  ),
  detect: of<DetectResult>(
    ['boxes', (r) => r.count],
    ['mean confidence', (r) => r.meanConfidence],
    ['detection, ms', (r) => r.detectMs],
    ['noise, ms', (r) => r.noiseMs],
  ),
  'noise-sweep': of<NoiseSweepResult>(
    ['boxes without noise', (r) => r.cleanCount],
    ['boxes at the most noise', (r) => r.summary.at(-1)?.count],
    ['recall at the most noise', (r) => r.summary.at(-1)?.recall],
    ['precision at the most noise', (r) => r.summary.at(-1)?.precision],
  ),
  accuracy: of<AccuracySweepResult>(
    ['mAP50 at the least noise', (r) => r.points[0]?.mAP50],
    ['mAP50 at the most noise', (r) => r.points.at(-1)?.mAP50],
    ['recall at the most noise', (r) => r.points.at(-1)?.recall],
    ['precision at the most noise', (r) => r.points.at(-1)?.precision],
  ),
  'not-dp': of<PixelEpsilonResult>(
    ['noise on each pixel for the ε of DP-Pix', (r) => r.sameDeviation],
    ['noise on a block’s mean, grey levels', (r) => r.blockScale],
  ),
  anonymise: of<HideDetectedResult>(['covered', (r) => r.hidden.length]),
  train: of<TrainMnistResult>(
    ['test accuracy, private', (r) => r.last?.privateAccuracy],
    ['test accuracy, plain', (r) => r.last?.plainAccuracy],
    ['ε of the run', (r) => r.epsilon],
    ['loss, private', (r) => r.last?.privateLoss],
    ['loss, plain', (r) => r.last?.plainLoss],
    ['gradients clipped, share of the last lot', (r) => r.last?.lot?.clippedFraction],
    ['clip C at the end', (r) => r.last?.maxGradNorm],
    ['right only privately, digits', (r) => r.last?.disagreements.privateOnly],
    ['right only plainly, digits', (r) => r.last?.disagreements.plainOnly],
    ['weights', (r) => r.parameters],
    ['ms a step', (r) => r.millisecondsPerStep],
  ),
  'train-tumours': CLASSIFIER,
  'one-step': of<OneStepResult>(
    ['digits in the lot', (r) => r.lotSize],
    ['of these clipped', (r) => r.clipped],
    ['length of the sum', (r) => r.rawSumNorm],
    ['length after clipping', (r) => r.clippedSumNorm],
    ['length of the noise', (r) => r.noiseNorm],
    ['cosine to the plain direction', (r) => r.cosine],
    ['length of the change', (r) => r.changeNorm],
  ),
  sweep: of<SweepResult>(
    ['runs on the chart', (r) => r.points.length],
    ['best test accuracy, private', (r) => best(r.points.filter(({ epsilon }) => epsilon !== null))],
    ['best test accuracy, plain', (r) => best(r.points.filter(({ epsilon }) => epsilon === null))],
  ),
  'train-detector': of<TrainDetectorResult>(
    ['mAP50, private', (r) => r.last?.privateMAP50],
    ['mAP50, plain', (r) => r.last?.plainMAP50],
    ['ε of the run', (r) => r.epsilon],
    ['loss, private', (r) => r.last?.privateLoss],
    ['loss, plain', (r) => r.last?.plainLoss],
    ['gradients clipped, share of the last lot', (r) => r.last?.clippedFraction],
    ['weights that learn', (r) => r.parameters],
  ),
  'sweep-detector': of<SweepResult>(
    ['runs on the chart', (r) => r.points.length],
    ['best mAP50, private', (r) => best(r.points.filter(({ epsilon }) => epsilon !== null))],
    ['best mAP50, plain', (r) => best(r.points.filter(({ epsilon }) => epsilon === null))],
  ),
  'rare-symbol': of<RareSymbolResult>(
    ['score on the person’s form, plain, trained with them', (r) => r.last?.heads.plainWith.score],
    ['score, plain, without them', (r) => r.last?.heads.plainWithout.score],
    ['score, private, with them', (r) => r.last?.heads.privateWith.score],
    ['score, private, without them', (r) => r.last?.heads.privateWithout.score],
    ['ε of each private head', (r) => r.last?.epsilon],
  ),
  'detector-noise': of<DetectorNoiseResult>(
    ['mAP50 of the first detector', (r) => r.models[0]?.mAP50],
    ['mAP50 of the second', (r) => r.models[1]?.mAP50],
    ['scenes judged', (r) => r.count],
  ),
  reconstruct: of<ReconstructResult>(
    ['similarity, from the plain gradient', (r) => r.plain.similarity],
    ['similarity, from the private one', (r) => r.private.similarity],
    ['ε of showing it', (r) => r.epsilon],
    ['length of the gradient', (r) => r.norm],
  ),
  membership: of<MembershipResult>(
    ['area under ROC, attack on the plain model', (r) => r.plain?.ratio.auc],
    ['area under ROC, attack on the private model', (r) => r.private?.ratio.auc],
    ['most that is possible against the private model', (r) => r.boundAuc],
    ['found at 1 % false alarms, plain', (r) => r.plain?.ratio.tpr],
    ['found at 1 % false alarms, private', (r) => r.private?.ratio.tpr],
    ['most at 1 % false alarms', (r) => r.boundTpr],
    ['test accuracy, plain', (r) => r.plain?.testAccuracy],
    ['test accuracy, private', (r) => r.private?.testAccuracy],
  ),
  canaries: of<CanaryResult>(
    ['exposure, plain (bits)', (r) => r.plain?.exposure],
    ['exposure, private (bits)', (r) => r.private?.exposure],
  ),
  audit: of<AuditOutcome>(
    ['ε proven from below', (r) => r.lowerBound],
    ['ε claimed', (r) => r.claimed],
    ['guesses that were right', (r) => r.correct],
    ['guesses', (r) => r.guesses],
  ),
  classify: CLASSIFIER,
  subgroups: of<SubgroupResult>(
    ['error, private', (r) => r.overall?.private?.mean],
    ['error, plain', (r) => r.overall?.plain?.mean],
    ['patients of the small group in training', (r) => r.left],
  ),
  hospitals: of<HospitalResult>(
    ['mean accuracy alone, plain', (r) => mean(r.hospitals.map((one) => one.accuracy.alone.mean))],
    ['mean accuracy alone, private', (r) => mean(r.hospitals.map((one) => one.accuracy.alonePrivate.mean))],
    ['mean accuracy pooled, plain', (r) => mean(r.hospitals.map((one) => one.accuracy.pooled.mean))],
    ['mean accuracy pooled, private', (r) => mean(r.hospitals.map((one) => one.accuracy.pooledPrivate.mean))],
  ),
  'one-patient': of<MemoryResult>(
    ['guessed “in” or “not in” rightly', (r) => r.guessed],
    ['most that is possible', (r) => r.guessBound],
    ['plain model on the patient, with them', (r) => r.plain?.with],
    ['plain model on the patient, without', (r) => r.plain?.without],
    ['private model on the patient, with them', (r) => r.private?.with.mean],
    ['private model on the patient, without', (r) => r.private?.without.mean],
  ),
  release: CLASSIFIER,
  population: of<PopulationResult>(
    ['error of a share', (r) => r.error],
    ['error that the formula expects', (r) => r.expectedError],
    ['intervals that hold the truth', (r) => r.covered],
    ['emoji', (r) => r.bars.length],
  ),
  'your-report': of<OwnReportResult>(['reports', (r) => r.reports.length]),
  'next-word': of<WordsResult>(
    ['words found', (r) => r.found.length],
    ['of these typed by nobody', (r) => r.falseFound],
    ['typed words not found', (r) => r.hidden],
    ['their share of all typing', (r) => r.hiddenShare],
    ['share that counts as found', (r) => r.threshold],
    ['untyped words reported, share', (r) => r.falseRate],
    ['promised at most', (r) => r.promisedRate],
  ),
  'central-local': of<CentralResult>(
    ['error with a trusted server', (r) => r.points.at(-1)?.central.measured],
    ['error with local reports', (r) => r.points.at(-1)?.local.measured],
    ['people', (r) => r.points.at(-1)?.people],
  ),
  longitudinal: of<LongitudinalResult>(
    ['ε on the last day, fresh coins', (r) => r.points.at(-1)?.fresh],
    ['ε on the last day, remembered coins', (r) => r.points.at(-1)?.memoised],
    ['seen through, fresh coins', (r) => r.points.at(-1)?.guessedFresh],
    ['seen through, remembered coins', (r) => r.points.at(-1)?.guessedMemoised],
  ),
  peek: of<PeekResult>(
    ['similarity, one update', (r) => r.read.alone.ssim],
    ['similarity, clipped', (r) => r.read.clipped.ssim],
    ['similarity, clipped with noise', (r) => r.read.noisy.ssim],
    ['similarity, the sum', (r) => r.read.sum.ssim],
    ['length of the update', (r) => r.length],
  ),
  'secure-agg': of<MasksResult>(
    ['numbers of the sum that are exact', (r) => r.exact],
    ['numbers of an update', (r) => r.numbers],
    ['share of ones in a message', (r) => r.ones],
    ['clients that stayed', (r) => r.survivors],
  ),
  rounds: of<FederatedResult>(
    ['accuracy, private', (r) => r.last?.privateAccuracy],
    ['accuracy, plain', (r) => r.last?.plainAccuracy],
    ['ε of the run', (r) => r.epsilon],
    ['rounds', (r) => r.last?.round],
  ),
  ask: of<AskCountResult>(['private answer', (r) => r.answer]),
  compose: of<readonly ComposedTotals[]>(
    ['runs', (r) => r.at(-1)?.runs],
    ['ε, added up', (r) => r.at(-1)?.naive],
    ['ε, advanced composition', (r) => r.at(-1)?.advanced],
    ['ε, RDP', (r) => r.at(-1)?.rdp],
    ['ε, PLD', (r) => r.at(-1)?.pld],
    ['ε, GDP approximation', (r) => r.at(-1)?.gdp],
  ),
  plan: of<readonly RunsThatFit[]>(
    ['runs at the most noise, added up', (r) => r.at(-1)?.naive],
    ['runs at the most noise, RDP', (r) => r.at(-1)?.rdp],
    ['runs at the most noise, PLD', (r) => r.at(-1)?.pld],
    ['most noise σ', (r) => r.at(-1)?.noiseMultiplier],
  ),
  matrix: of<ThreatMatrixResult>(
    ['pairs judged as we would', (r) => r.score],
    ['pairs judged', (r) => r.answered],
    ['pairs', (r) => r.of],
  ),
  quiz: of<ScenariosResult>(
    ['cases decided as we would', (r) => r.score],
    ['cases decided', (r) => r.answered],
    ['cases', (r) => r.of],
  ),
};

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function best(points: SweepResult['points']): number | null {
  return points.length === 0 ? null : Math.max(...points.map(({ accuracy }) => accuracy));
}

/** In the order of the list; what a run did not find is left out. */
export function findingsOf(cell: string, result: unknown): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [words, of] of FINDINGS[cell] ?? []) {
    try {
      const value = of(result as never);
      if (typeof value === 'number' && Number.isFinite(value)) found[words] = value;
    } catch {
      // A result of another version: the others stand.
    }
  }
  return found;
}
