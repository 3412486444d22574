/** The recorded runs of all cells, by cell. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedRun } from '@/components/embed/recorded-run';
import { ROOT } from './root';

const FOLDER = join(ROOT, 'components/embed/recorded-runs');

export const RECORDED_RUNS: Readonly<Record<string, RecordedRun>> = Object.fromEntries(
  readdirSync(FOLDER).map((file) => [
    file.replace(/\.json$/, ''),
    JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as RecordedRun,
  ]),
);
