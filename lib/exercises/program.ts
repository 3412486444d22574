/** A learner's program as a grader sees it: functions that are called by name, and nothing else. */

/** What one call is given: plain values alone, so that they can be passed into another realm. */
export type Args = readonly unknown[];

/**
 * Where it runs is not the grader's business: in the page it is a sandbox, in Node a context. Answers are a stranger's; `answers.ts`
 * reads them.
 */
export interface Program {
  /**
   * Calls a function, once for each entry of `order`, one after another, each time with a copy of `inputs[entry]`.
   *
   * @param order indices into `inputs`; without it, every input once
   * @returns an answer a call, in order; fewer where a call broke: its answer is the last
   * @throws {ProgramError} where the program is gone, or does not come back
   */
  call(name: string, inputs: readonly Args[], order?: readonly number[]): Promise<readonly unknown[]>;
  /** The same text from its beginning, in a realm of its own: it shares nothing with this one. */
  again(): Promise<Program>;
}

/** The program could not be asked: it does not compile, has no such function, hangs, or was stopped. The message is for the learner. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}
