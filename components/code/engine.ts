/** Runs code and checks what comes out of it. Loaded with the first run: a page of text needs none of it. */
import { HELPERS_SOURCE } from '@/lib/exercises/helpers-source';
import { barsSchema, chartSchema, tableSchema } from '@/lib/sandbox/messages';

export { CallDesk } from './answer-call';
export { excerptOf, readCode } from './read-code';
export { runInSandbox } from './sandbox';
export { HELPERS_SOURCE };

/** By what `lab` was asked to show. */
export const SHOWN = { chart: chartSchema, bars: barsSchema, table: tableSchema } as const;
