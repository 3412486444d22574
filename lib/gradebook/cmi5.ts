/**
 * A gradebook that speaks cmi5 (the xAPI profile for course pages, “Quartz”, 1st edition). The library @xapi/cmi5 does the launch and
 * words its statements; this says which are sent when, and keeps what is to be resumed in the LRS's State resource.
 */
import type Cmi5Library from '@xapi/cmi5';
import type { GradeEvent } from './events';
import { type Gradebook, GradebookError, type Report } from './gradebook';

const STATE_ID = 'epsilon-playground';
/** Shares of the whole are told at each quarter: an LRS keeps every statement for ever. */
const QUARTERS = 4;

/** The part of the library that is used, so that tests can stand in. */
export type Cmi5 = Pick<
  Cmi5Library,
  | 'initialize'
  | 'complete'
  | 'pass'
  | 'fail'
  | 'terminate'
  | 'progress'
  | 'sendXapiStatement'
  | 'xapi'
  | 'launchData'
  | 'launchParameters'
  | 'getAuthToken'
  | 'getInitializedDate'
> & {
  interactionChoice: Cmi5Library['interactionChoice'];
};

/** A fetch address answers once: what it gave is held where a reload finds it, and nobody else. */
export interface Session {
  authToken: string;
  /** ISO 8601 */
  initializedDate: string;
}

export interface SessionKeeper {
  read(): Session | null;
  write(session: Session | null): void;
}

interface Kept {
  suspendData: string;
  completed: boolean;
  passed: boolean;
  /** The session, by its beginning, in which it was passed or failed last. */
  judged: string;
  quarters: number;
}

const NOTHING: Kept = { suspendData: '', completed: false, passed: false, judged: '', quarters: 0 };

function readKept(value: unknown): Kept {
  let read = value;
  try {
    if (typeof value === 'string') read = JSON.parse(value);
  } catch {
    return NOTHING;
  }
  if (typeof read !== 'object' || read === null) return NOTHING;
  const { suspendData, completed, passed, judged, quarters } = read as Record<string, unknown>;
  return {
    suspendData: typeof suspendData === 'string' ? suspendData : '',
    completed: completed === true,
    passed: passed === true,
    judged: typeof judged === 'string' ? judged : '',
    quarters: typeof quarters === 'number' ? quarters : 0,
  };
}

export class Cmi5Gradebook implements Gradebook {
  readonly name = 'cmi5';
  #kept = NOTHING;
  /** One after the other: an LRS refuses a `completed` that overtakes `initialized`. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly cmi5: Cmi5,
    private readonly sessions: SessionKeeper,
  ) {}

  #inTurn(work: () => Promise<unknown>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done.then(() => undefined);
  }

  /** Of `LMS.LaunchData`: somebody only looks, or looks again. Then cmi5 forbids all statements but the first and the last. */
  get looksOnly(): boolean {
    return this.cmi5.launchData.launchMode !== 'Normal';
  }

  /** Of `LMS.LaunchData` too: whoever runs the course may have set another than the package names (cmi5, 10.2.3). */
  get passingScore(): number | null {
    return this.cmi5.launchData?.masteryScore ?? null;
  }

  get #place() {
    const { actor: agent, activityId, registration } = this.cmi5.launchParameters!;
    return { agent, activityId, registration, stateId: STATE_ID };
  }

  async open(): Promise<string> {
    const session = this.sessions.read();
    try {
      if (session)
        await this.cmi5.initialize({ ...session, initializedDate: new Date(session.initializedDate) });
      else await this.cmi5.initialize();
    } catch (error) {
      throw new GradebookError(
        `The course page did not let us begin (${error instanceof Error ? error.message : String(error)}). Open this from the course again.`,
      );
    }
    const initializedDate = this.cmi5.getInitializedDate().toISOString();
    this.sessions.write({ authToken: this.cmi5.getAuthToken(), initializedDate });
    // Nothing is there at the first sitting, which an LRS says with 404.
    const kept = await this.cmi5.xapi!.getState(this.#place).catch(() => null);
    this.#kept = readKept(kept?.data);
    return this.#kept.suspendData;
  }

  answered({ id, text, score, answer }: GradeEvent): Promise<void> {
    if (this.looksOnly || !answer) return Promise.resolve();
    const at = String.fromCharCode(97 + answer.at);
    return this.#inTurn(() =>
      this.cmi5.interactionChoice(
        'questions',
        id,
        [at],
        undefined,
        [{ id: at, description: { en: answer.text } }],
        { en: text.slice(0, 200) },
        { en: text },
        score === 1,
      ),
    );
  }

  save = (report: Report): Promise<void> => this.#record(report, false);

  /** @param ending a score that does not pass may still rise: it fails only when the learner is done */
  #record(report: Report, ending: boolean): Promise<void> {
    if (this.looksOnly) return Promise.resolve();
    return this.#inTurn(async () => {
      const { complete, passed, progress, score, suspendData } = report;
      const quarters = Math.floor(progress * QUARTERS + 1e-9);
      if (quarters > this.#kept.quarters && quarters < QUARTERS)
        await this.cmi5.progress((100 * quarters) / QUARTERS);
      const first = complete && !this.#kept.completed;
      if (first) await this.cmi5.complete();
      // At most one of the two in a session, and nothing is failed that was passed (cmi5, 9.3.4 to 9.3.6).
      const session = this.cmi5.getInitializedDate().toISOString();
      const may = passed !== null && !this.#kept.passed && this.#kept.judged !== session;
      const judges = may && (passed || ending);
      if (judges && passed) await this.cmi5.pass({ scaled: score ?? 0 });
      if (judges && !passed) await this.cmi5.fail({ scaled: score ?? 0 });
      this.#kept = {
        suspendData,
        completed: this.#kept.completed || complete,
        passed: this.#kept.passed || (judges && passed),
        judged: judges ? session : this.#kept.judged,
        quarters: Math.max(quarters, this.#kept.quarters),
      };
      await this.cmi5.xapi!.setState({ ...this.#place, state: { ...this.#kept } });
    });
  }

  async close(report: Report): Promise<void> {
    await this.#record(report, true);
    await this.#inTurn(() => this.cmi5.terminate());
    this.sessions.write(null);
  }
}
