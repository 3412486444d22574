/** The gradebook's public face: events that pages emit, statements that hosts receive, and the files of packages. */
export * from './events';
export { type Described, FORMATS, type Format, manifestOf } from './manifest';
export type { PackageConfig } from './package-config';
export { heldPage, launcherPage } from './pages';
export { answerGiven } from './resume';
export { MOST_PARTS } from './suspend-data';
export type { Rules } from './tally';
export { type Actor, anonymous, readActor, type Statement, statementOf } from './xapi';
