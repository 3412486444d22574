/** A gradebook that speaks SCORM 2004, 4th edition (ADL SCORM Run-Time Environment, chapter 4: the data model; IEEE 1484.11.1). */
import type { GradeEvent } from './events';
import type { Gradebook, Report } from './gradebook';
import { type Api2004, apiError, inPercent, isoDuration, isTrue, moment2004 } from './scorm-api';

/** "Already initialized": a page that was loaded again before the course page noticed. */
const ALREADY = '103';
/** Lengths that every course page must take (SPM). */
const LONGEST_LOCATION = 1000;
const LONGEST_DESCRIPTION = 250;

export class Scorm2004 implements Gradebook {
  readonly name = 'SCORM 2004';
  #began = 0;
  #looksOnly = false;
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
    this.#looksOnly = /^(browse|review)$/.test(this.#get('cmi.mode'));
    this.#completed = this.#get('cmi.completion_status') === 'completed';
    this.#passed = this.#get('cmi.success_status') === 'passed';
    this.#interactions = Number(this.#get('cmi.interactions._count')) || 0;
    return this.#get('cmi.suspend_data');
  }

  answered({ id, text, score, answer }: GradeEvent): void {
    if (this.#looksOnly || !answer) return;
    const at = `cmi.interactions.${this.#interactions}`;
    this.#set(`${at}.id`, id);
    this.#interactions += 1;
    this.#set(`${at}.type`, 'choice');
    this.#set(`${at}.timestamp`, moment2004(this.now()));
    this.#set(`${at}.learner_response`, String.fromCharCode(97 + answer.at));
    this.#set(`${at}.result`, score === 1 ? 'correct' : 'incorrect');
    this.#set(`${at}.description`, text.slice(0, LONGEST_DESCRIPTION));
  }

  save({ complete, passed, score, progress, suspendData, location }: Report): void {
    if (this.#looksOnly) return;
    this.#set('cmi.suspend_data', suspendData);
    this.#set('cmi.location', location.slice(0, LONGEST_LOCATION));
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
      if (!this.#looksOnly) {
        this.save(report);
        this.#set('cmi.session_time', isoDuration((this.now().getTime() - this.#began) / 1000));
        this.#set('cmi.exit', report.complete ? 'normal' : 'suspend');
      }
    } finally {
      this.api.Terminate('');
    }
  }
}
