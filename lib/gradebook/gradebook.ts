/** What every gradebook can do, whatever it speaks: be opened, be told, be closed. */
import type { GradeEvent } from './events';
import type { Summary } from './tally';

export interface Report extends Summary {
  /** As `suspend-data.ts` writes it. */
  suspendData: string;
  /** The part that was touched last. */
  location: string;
}

export interface Gradebook {
  /** "SCORM 1.2", for people. */
  readonly name: string;
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
