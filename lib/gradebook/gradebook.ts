/** What every gradebook can do, whatever it speaks: be opened, be told, be closed. */
import type { GradeEvent } from './events';
import type { Summary } from './tally';

export interface Report extends Summary {
  /** As `suspend-data.ts` writes it. */
  suspendData: string;
  /** The same without the page's settings, for a gradebook that keeps less than the standard says. */
  states: string;
  /** The part that was touched last; empty before any was in this sitting. */
  location: string;
}

export interface Gradebook {
  /** "SCORM 1.2", for people. */
  readonly name: string;
  /** Once it is open: somebody looks at it again, or only looks, and nothing is recorded. */
  readonly looksOnly: boolean;
  /** Once it is open: the score in [0, 1] that passes, as the course has it; null where it says nothing. */
  readonly passingScore: number | null;
  /** @returns what it kept of the last sitting, empty at first @throws GradebookError */
  open(): Promise<string>;
  /** A question was answered for the first time. */
  answered(event: GradeEvent): void | Promise<void>;
  /** @throws GradebookError where it was not taken */
  save(report: Report): void | Promise<void>;
  /** Nothing can be told after it. */
  close(report: Report): void | Promise<void>;
}

/** Why nothing is recorded, in words. */
export class GradebookError extends Error {
  override readonly name = 'GradebookError';
}
