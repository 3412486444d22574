/**
 * One sitting of a learner with a package: what the page tells is added up, kept in the gradebook at once, and there again next time.
 * Without a gradebook, or when it refuses, the page works all the same, and that nothing is recorded is said.
 */
import type { GradeEvent, Part } from './events';
import { type Gradebook, GradebookError, type Report } from './gradebook';
import { readSuspendData, writeSuspendData } from './suspend-data';
import { emptyTally, type Rules, summaryOf, type Tally, withEvent } from './tally';

export interface SittingOptions {
  parts: readonly Part[];
  rules: Rules;
  /** Characters that the gradebook keeps between sittings. */
  limit: number;
  /** The page's settings now, as a link has them. */
  settings(): string;
  /** Says how things stand, in words; `wrong` where work is not recorded. */
  say(words: string, wrong: boolean): void;
}

export interface Resumed {
  /** As a link has them; empty at first. */
  settings: string;
  /** By the names of the questions. */
  answers: Record<string, number>;
}

const percent = (score: number) => `${Math.round(100 * score)} %`;

export class Sitting {
  #tally: Tally;
  /** What records; null where nothing does. */
  #gradebook: Gradebook | null;
  /** Why nothing is recorded. */
  #why = 'no course page was found';
  #location = '';
  #saved = '';
  #closed = false;

  constructor(
    gradebook: Gradebook | null,
    private readonly options: SittingOptions,
  ) {
    this.#gradebook = gradebook;
    this.#tally = emptyTally(options.parts);
  }

  get report(): Report {
    const { rules, limit, settings } = this.options;
    // What the course says passes goes before what the package was made with.
    const pass = this.#gradebook?.passingScore ?? rules.pass;
    return {
      ...summaryOf(this.#tally, { ...rules, pass }),
      suspendData: writeSuspendData(this.#tally, settings(), limit),
      states: writeSuspendData(this.#tally, '', limit),
      location: this.#location,
    };
  }

  async open(): Promise<Resumed> {
    let kept = '';
    try {
      kept = (await this.#gradebook?.open()) ?? '';
    } catch (error) {
      this.#refused(error);
      // Nothing more is told to it: what it keeps of an earlier sitting could not be read, and must not be written over.
      this.#gradebook = null;
      this.#why = 'the course page did not let us begin';
      return { settings: '', answers: {} };
    }
    const { tally, settings } = readSuspendData(kept, this.options.parts);
    this.#tally = tally;
    this.#saved = kept;
    this.#tell();
    const answers = tally.states.flatMap(({ answer }, at) =>
      answer === null ? [] : [[tally.parts[at]!.id, answer] as const],
    );
    return { settings, answers: Object.fromEntries(answers) };
  }

  /** The page tells of something. What changes nothing is not recorded again. */
  async heard(event: GradeEvent): Promise<void> {
    const next = withEvent(this.#tally, event);
    if (this.#closed || next === this.#tally) return;
    this.#tally = next;
    this.#location = event.id;
    try {
      if (event.type === 'answered') await this.#gradebook?.answered(event);
      await this.save();
    } catch (error) {
      this.#refused(error);
    }
  }

  /** Also now and then, for settings that were moved. */
  async save(): Promise<void> {
    const { report } = this;
    if (this.#closed || !this.#gradebook || report.suspendData === this.#saved) return this.#tell();
    try {
      await this.#gradebook.save(report);
      this.#saved = report.suspendData;
      this.#tell();
    } catch (error) {
      this.#refused(error);
    }
  }

  /** At once, where the gradebook can: a page that is left waits for nothing. */
  close(): void | Promise<void> {
    if (this.#closed || !this.#gradebook) return;
    const { report } = this;
    this.#closed = true;
    try {
      const done = this.#gradebook.close(report);
      return done?.catch((error: unknown) => this.#refused(error));
    } catch (error) {
      this.#refused(error);
    }
  }

  #tell(): void {
    const { done, of, score, complete, passed } = this.report;
    const words = [
      `${done} of ${of} done`,
      score === null ? null : `score ${percent(score)}`,
      passed === null ? (complete ? 'complete' : null) : passed ? 'passed' : 'not passed yet',
      this.#recorded(),
    ].filter((word) => word !== null);
    this.options.say(`${words.join(' · ')}.`, this.#gradebook === null);
  }

  #recorded(): string {
    if (!this.#gradebook) return `not recorded: ${this.#why}`;
    return this.#gradebook.looksOnly
      ? 'not recorded: the course lets you look at it, and keeps what it has'
      : `recorded by the course (${this.#gradebook.name})`;
  }

  #refused(error: unknown): void {
    const words = error instanceof GradebookError ? error.message : 'The course page did not answer.';
    this.options.say(`Not recorded. ${words}`, true);
  }
}
