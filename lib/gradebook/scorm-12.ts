/** A gradebook that speaks SCORM 1.2 (ADL SCORM Run-Time Environment 1.2, section 3.4: the data model). */
import type { GradeEvent } from './events';
import type { Gradebook, Report } from './gradebook';
import { type Api12, apiError, inPercent, isTrue, shareOf, timeOfDay, timespan12 } from './scorm-api';

/** "Already initialized", which 1.2 has no code of its own for: LMSs answer one of these. */
const GOES_ON = ['101', '103'];
/** Reached in an earlier sitting: never taken back. */
const REACHED = ['completed', 'passed'];
/** CMIIdentifier and CMIString255. */
const LONGEST_ID = 255;

export class Scorm12 implements Gradebook {
  readonly name = 'SCORM 1.2';
  looksOnly = false;
  passingScore: number | null = null;
  #began = 0;
  #reached = '';
  #interactions = 0;

  constructor(
    private readonly api: Api12,
    private readonly now: () => Date = () => new Date(),
  ) {}

  #error(doing: string) {
    const code = this.api.LMSGetLastError();
    return apiError(doing, code, this.api.LMSGetErrorString(String(code)));
  }

  #get = (element: string) => String(this.api.LMSGetValue(element) ?? '');

  #set(element: string, value: string): void {
    if (!isTrue(this.api.LMSSetValue(element, value))) throw this.#error(`write ${element}`);
  }

  async open(): Promise<string> {
    if (!isTrue(this.api.LMSInitialize('')) && !GOES_ON.includes(String(this.api.LMSGetLastError())))
      throw this.#error('begin');
    this.#began = this.now().getTime();
    this.looksOnly = /^(browse|review)$/.test(this.#get('cmi.core.lesson_mode'));
    const status = this.#get('cmi.core.lesson_status');
    if (REACHED.includes(status)) this.#reached = status;
    this.#interactions = Number(this.#get('cmi.interactions._count')) || 0;
    this.passingScore = shareOf(this.#get('cmi.student_data.mastery_score'), 100);
    const kept = this.#get('cmi.suspend_data');
    if (!this.looksOnly && !/^(completed|passed|failed|incomplete)$/.test(status)) {
      // Refused, it will be said with the first save.
      this.api.LMSSetValue('cmi.core.lesson_status', 'incomplete');
      this.api.LMSCommit('');
    }
    return kept;
  }

  /** A course page need not know interactions (they are optional in 1.2): what it refuses is left out. */
  answered({ id, score, answer }: GradeEvent): void {
    if (this.looksOnly || !answer) return;
    const at = `cmi.interactions.${this.#interactions}`;
    if (!isTrue(this.api.LMSSetValue(`${at}.id`, id.slice(0, LONGEST_ID)))) return;
    this.#interactions += 1;
    this.api.LMSSetValue(`${at}.type`, 'choice');
    this.api.LMSSetValue(`${at}.time`, timeOfDay(this.now()));
    this.api.LMSSetValue(`${at}.student_response`, String.fromCharCode(97 + answer.at));
    this.api.LMSSetValue(`${at}.result`, score === 1 ? 'correct' : 'wrong');
  }

  /** One field says both how far and how well: passed or failed where that is decided, else completed or not. */
  #status({ complete, passed }: Report): string {
    const now = passed === null ? (complete ? 'completed' : 'incomplete') : passed ? 'passed' : 'failed';
    return this.#reached !== '' && !REACHED.includes(now) ? this.#reached : now;
  }

  save(report: Report): void {
    if (this.looksOnly) return;
    const { score, suspendData, states, location } = report;
    if (!isTrue(this.api.LMSSetValue('cmi.suspend_data', suspendData))) this.#set('cmi.suspend_data', states);
    if (location !== '') this.#set('cmi.core.lesson_location', location.slice(0, LONGEST_ID));
    if (score !== null) {
      this.#set('cmi.core.score.raw', inPercent(score));
      // Optional in 1.2.
      this.api.LMSSetValue('cmi.core.score.min', '0');
      this.api.LMSSetValue('cmi.core.score.max', '100');
    }
    const status = this.#status(report);
    this.#set('cmi.core.lesson_status', status);
    if (REACHED.includes(status)) this.#reached = status;
    if (!isTrue(this.api.LMSCommit(''))) throw this.#error('save');
  }

  close(report: Report): void {
    try {
      if (this.looksOnly) return;
      const seconds = (this.now().getTime() - this.#began) / 1000;
      // Before what may be refused. Also of what is complete it is looked at again: any other end would begin it anew.
      this.api.LMSSetValue('cmi.core.session_time', timespan12(seconds));
      this.api.LMSSetValue('cmi.core.exit', 'suspend');
      this.save(report);
    } finally {
      this.api.LMSFinish('');
    }
  }
}
