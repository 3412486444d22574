/**
 * A learner's program in the sandbox, asked by messages. The realm it runs in has an origin of its own; what comes out of it is text, and
 * a grader outside decides what it is worth.
 */
import { runInSandbox, type SandboxRun } from '@/components/code/sandbox';
import { type Args, HELPERS_SOURCE, type Program, ProgramError, STILL_CLOCK_SOURCE } from '@/lib/exercises';

/** Calls a message: an answer may be a list of some numbers, and a message has 2 MB at most. */
const CALLS = 5000;
/** Numbers given with a message. */
const VALUES = 200_000;
/** Seconds until a message is taken to be lost: code may wait for what never comes. */
const PATIENCE_SECONDS = 30;

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one) => sum + sizeOf(one), 0);
  return typeof value === 'object' && value !== null ? sizeOf(Object.values(value)) : 1;
}

interface Question {
  resolve(answers: readonly unknown[]): void;
  reject(error: ProgramError): void;
}

/** All realms that one grading has opened. */
export class SandboxPrograms {
  private readonly runs = new Set<SandboxRun>();

  constructor(
    private readonly code: string,
    private readonly names: readonly string[],
  ) {}

  /** @throws {ProgramError} where the code does not compile, breaks at once or lacks a function */
  open(): Promise<Program> {
    let questions = 0;
    const waiting = new Map<number, Question>();
    return new Promise((resolve, reject) => {
      /** Every question that is open, and every later one, ends with this. */
      let gone: ProgramError | null = null;
      const fail = (words: string) => {
        gone = new ProgramError(words);
        reject(gone);
        for (const question of waiting.values()) question.reject(gone);
        waiting.clear();
      };
      const run = runInSandbox(
        this.code,
        {
          answer: () => Promise.reject(new Error('While it is graded, code computes by itself.')),
          onKilled: fail,
          onMessage(message) {
            if (message.type === 'opened') {
              if (message.missing.length === 0) return resolve(program);
              return fail(
                `The code has no function \`${message.missing[0]}\`. Graders call it by this name.`,
              );
            }
            if (message.type === 'answers') {
              waiting.get(message.id)?.resolve(message.answers);
              waiting.delete(message.id);
            }
            if (message.type === 'error')
              fail(
                `${message.name}: ${message.message}${message.line === null ? '' : ` (line ${message.line})`}`,
              );
            if (message.type === 'done') fail('The code ended before it could be asked.');
          },
        },
        { helpers: HELPERS_SOURCE + STILL_CLOCK_SOURCE, names: this.names },
      );
      this.runs.add(run);

      const ask = (name: string, inputs: readonly Args[], order: readonly number[]) =>
        new Promise<readonly unknown[]>((answered, refused) => {
          if (gone) return refused(gone);
          const id = ++questions;
          const lost = setTimeout(
            () =>
              fail(
                `\`${name}\` did not come back within ${PATIENCE_SECONDS} seconds. Does it wait for something, or compute for very long?`,
              ),
            1000 * PATIENCE_SECONDS,
          );
          waiting.set(id, {
            resolve: (answers) => {
              clearTimeout(lost);
              answered(answers);
            },
            reject: (error) => {
              clearTimeout(lost);
              refused(error);
            },
          });
          run.ask({ id, name, inputs, order });
        });

      const program: Program = {
        async call(name, inputs, order = inputs.map((_, i) => i)) {
          const largest = Math.max(1, ...inputs.map(sizeOf));
          const each = Math.max(1, Math.min(CALLS, Math.floor(VALUES / largest)));
          const all: unknown[] = [];
          for (let from = 0; from < order.length; from += each) {
            const part = order.slice(from, from + each);
            // Only what these calls are given.
            const places = new Map([...new Set(part)].map((at, i) => [at, i]));
            const given = [...places.keys()].map((at) => inputs[at]!);
            const answers = await ask(
              name,
              given,
              part.map((at) => places.get(at)!),
            );
            for (const answer of answers.slice(0, part.length)) all.push(answer);
            if (answers.length < part.length) break;
          }
          return all;
        },
        again: () => this.open(),
      };
    });
  }

  close(): void {
    for (const run of this.runs) run.stop();
    this.runs.clear();
  }
}
