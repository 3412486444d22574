import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { CentralResult } from './experiments/central';
import type { LongitudinalResult } from './experiments/longitudinal';
import type { PopulationResult } from './experiments/population';
import type { OwnReportResult } from './experiments/report';
import type { WordsResult } from './experiments/words';

export const lesson: Lesson = {
  slug: 'telemetry',
  title: 'Telemetry with local DP',
  summary:
    'Report your favourite emoji without telling it, and see what a server learns from a hundred or ten million phones.',
  minutes: 30,
  needs: 'Runs anywhere',
  downloadMegabytes: 0,
  cells: [
    {
      id: 'population',
      title: 'A crowd of phones',
      summary: 'Estimate what up to ten million phones say, each of which may deny it.',
      load: async () => (await import('#cells/telemetry/population')).PopulationCell,
      findings: findings<PopulationResult>(
        ['error of a share', (r) => r.error],
        ['error that the formula expects', (r) => r.expectedError],
        ['intervals that hold the truth', (r) => r.covered],
        ['share of intervals expected to', (r) => r.expectedCoverage ?? undefined],
        ['emoji', (r) => r.bars.length],
      ),
    },
    {
      id: 'your-report',
      title: 'Your own report',
      summary: 'Have your own answer randomised, and see what a server may believe of you.',
      load: async () => (await import('#cells/telemetry/your-report')).YourReportCell,
      poster: async () => (await import('#posters/telemetry/your-report')).poster,
      findings: findings<OwnReportResult>(['reports', (r) => r.reports.length]),
    },
    {
      id: 'next-word',
      title: 'For my birthday I would like a …',
      summary: 'Find the frequent words above the noise, and what hides below it.',
      load: async () => (await import('#cells/telemetry/next-word')).NextWordCell,
      findings: findings<WordsResult>(
        ['words found', (r) => r.found.length],
        ['of these typed by nobody', (r) => r.falseFound],
        ['typed words not found', (r) => r.hidden],
        ['their share of all typing', (r) => r.hiddenShare],
        ['share that counts as found', (r) => r.threshold],
        ['false alarms in all surveys', (r) => r.alarms.count],
        ['of these expected', (r) => r.alarms.expected],
        ['surveys', (r) => r.alarms.surveys],
        ['surveys with a false alarm', (r) => r.alarms.surveysWithAny],
      ),
    },
    {
      id: 'central-local',
      title: 'The price of trusting nobody',
      summary: 'Compare the error of local reports with that of a trusted server.',
      load: async () => (await import('#cells/telemetry/central-local')).CentralLocalCell,
      findings: findings<CentralResult>(
        ['error with a trusted server', (r) => r.points.at(-1)?.central.measured],
        ['error with local reports', (r) => r.points.at(-1)?.local.measured],
        ['people', (r) => r.points.at(-1)?.people],
      ),
    },
    {
      id: 'longitudinal',
      title: 'A report every day',
      summary: 'Report daily with fresh or remembered coins, and see who is seen through.',
      load: async () => (await import('#cells/telemetry/longitudinal')).LongitudinalCell,
      findings: findings<LongitudinalResult>(
        ['ε on the last day, fresh coins', (r) => r.points.at(-1)?.fresh],
        ['ε on the last day, remembered coins', (r) => r.points.at(-1)?.memoised],
        ['seen through, fresh coins', (r) => r.points.at(-1)?.guessedFresh],
        ['seen through, remembered coins', (r) => r.points.at(-1)?.guessedMemoised],
      ),
    },
  ],
};
