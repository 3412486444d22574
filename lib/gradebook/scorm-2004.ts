/** A gradebook that speaks SCORM 2004, 4th edition (ADL SCORM Run-Time Environment, chapter 4: the data model; IEEE 1484.11.1). */
import type { GradeEvent } from './events';
import type { Gradebook, Report } from './gradebook';
import { type Api2004, apiError, inPercent, isoDuration, isTrue, moment2004, shareOf } from './scorm-api';

/** "Already initialized": a page that was loaded again before the course page noticed. */
const ALREADY = '103';
/** Lengths that every course page must take (SPM). */
const LONGEST_LOCATION = 1000;
const LONGEST_DESCRIPTION = 250;

export class Scorm2004 implements Gradebook {
  readonly name = 'SCORM 2004';
  looksOnly = false;
  passingScore: number | null = null;
  #began = 0;
  #completed = false;
  #passed = false;
  #interactions = 0;

  constructor(
    private readonly api: Api2004,
    private readonly now: () => Date = () => new Date(),
  ) {}

  #error(doing: string) {
    const code = this.api.GetLastError();
    return apiError(doing, code, this.api.GetErrorString(String(code)));
  }

  #get = (element: string) => String(this.api.GetValue(element) ?? '');

  #set(element: string, value: string): void {
    if (!isTrue(this.api.SetValue(element, value))) throw this.#error(`write ${element}`);
  }

  async open(): Promise<string> {
    if (!isTrue(this.api.Initialize('')) && String(this.api.GetLastError()) !== ALREADY)
      throw this.#error('begin');
    this.#began = this.now().getTime();
    this.looksOnly = /^(browse|review)$/.test(this.#get('cmi.mode'));
    this.passingScore = shareOf(this.#get('cmi.scaled_passing_score'), 1);
    this.#completed = this.#get('cmi.completion_status') === 'completed';
    this.#passed = this.#get('cmi.success_status') === 'passed';
    this.#interactions = Number(this.#get('cmi.interactions._count')) || 0;
    return this.#get('cmi.suspend_data');
  }

  /** What a course page refuses of it, one too many say, is left out: the score counts it all the same. */
  answered({ id, text, score, answer }: GradeEvent): void {
    if (this.looksOnly || !answer) return;
    const at = `cmi.interactions.${this.#interactions}`;
    if (!isTrue(this.api.SetValue(`${at}.id`, id))) return;
    this.#interactions += 1;
    this.api.SetValue(`${at}.type`, 'choice');
    this.api.SetValue(`${at}.timestamp`, moment2004(this.now()));
    this.api.SetValue(`${at}.learner_response`, String.fromCharCode(97 + answer.at));
    this.api.SetValue(`${at}.result`, score === 1 ? 'correct' : 'incorrect');
    this.api.SetValue(`${at}.description`, text.slice(0, LONGEST_DESCRIPTION));
  }

  save({ complete, passed, score, progress, suspendData, states, location }: Report): void {
    if (this.looksOnly) return;
    // Editions before the fourth take 4,000 characters.
    if (!isTrue(this.api.SetValue('cmi.suspend_data', suspendData))) this.#set('cmi.suspend_data', states);
    if (location !== '') this.#set('cmi.location', location.slice(0, LONGEST_LOCATION));
    this.#set('cmi.progress_measure', String(Number(progress.toFixed(4))));
    if (score !== null) {
      this.#set('cmi.score.scaled', String(Number(score.toFixed(4))));
      this.#set('cmi.score.raw', inPercent(score));
      this.#set('cmi.score.min', '0');
      this.#set('cmi.score.max', '100');
    }
    // What was reached in an earlier sitting is never taken back.
    this.#completed ||= complete;
    this.#passed ||= passed === true;
    this.#set('cmi.completion_status', this.#completed ? 'completed' : 'incomplete');
    if (this.#passed) this.#set('cmi.success_status', 'passed');
    else if (passed === false) this.#set('cmi.success_status', 'failed');
    if (!isTrue(this.api.Commit(''))) throw this.#error('save');
  }

  close(report: Report): void {
    try {
      if (this.looksOnly) return;
      // Before what may be refused. Also of what is complete: a normal end would forget it all, and begin the next sitting as a new attempt.
      this.api.SetValue('cmi.session_time', isoDuration((this.now().getTime() - this.#began) / 1000));
      this.api.SetValue('cmi.exit', 'suspend');
      this.save(report);
    } finally {
      this.api.Terminate('');
    }
  }
}
