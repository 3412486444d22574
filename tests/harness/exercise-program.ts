/** A learner's program in Node: the sandbox's own worker, with a context of its own in place of a realm, asked as the page asks it. */
import { createContext, runInContext } from 'node:vm';
import { type Args, HELPERS_SOURCE, type Program, ProgramError, STILL_CLOCK_SOURCE } from '@/lib/exercises';
import type { RandomSource } from '@/lib/random';
import { sandboxMessageSchema } from '@/lib/sandbox/messages';
import { WORKER_SOURCE } from '@/lib/sandbox/worker-source';

type Message = ReturnType<typeof sandboxMessageSchema.parse>;

/**
 * @param names of the functions that it must have
 * @param random what its `crypto` gives: seeded, so that a test finds the same again
 * @throws {ProgramError} where it does not compile, breaks at once, or lacks a function
 */
export function openInNode(code: string, names: readonly string[], random: RandomSource): Promise<Program> {
  const answered = new Map<number, (answers: readonly unknown[]) => void>();
  let questions = 0;
  return new Promise((resolve, reject) => {
    const listeners: ((event: { data: unknown }) => void)[] = [];
    const say = (data: object) => {
      for (const listener of listeners) listener({ data });
    };
    const program: Program = {
      call(name, inputs, order = inputs.map((_: Args, i: number) => i)) {
        const id = ++questions;
        return new Promise((done) => {
          answered.set(id, done);
          say({ type: 'ask', id, name, inputs, order });
        });
      },
      again: () => openInNode(code, names, random),
    };
    function hear(message: Message): void {
      if (message.type === 'opened')
        if (message.missing.length === 0) resolve(program);
        else reject(new ProgramError(`There is no function ${message.missing.join(', ')}.`));
      if (message.type === 'error') reject(new ProgramError(`${message.name}: ${message.message}`));
      if (message.type === 'answers') answered.get(message.id)?.(message.answers);
    }
    const clock = { now: () => performance.now(), timeOrigin: performance.timeOrigin };
    const self = {
      performance: clock,
      // As text, as the frame passes it on.
      postMessage: (data: unknown) => {
        const read = sandboxMessageSchema.safeParse(JSON.parse(JSON.stringify(data)));
        if (read.success) hear(read.data);
      },
      addEventListener(type: string, listener: (event: { data: unknown }) => void) {
        if (type === 'message') listeners.push(listener);
      },
    };
    const crypto = {
      getRandomValues<T extends Uint8Array | Uint32Array>(out: T): T {
        const words = new Uint32Array(Math.ceil(out.byteLength / 4));
        for (let i = 0; i < words.length; i++) words[i] = random.uint32();
        new Uint8Array(out.buffer, out.byteOffset, out.byteLength).set(
          new Uint8Array(words.buffer, 0, out.byteLength),
        );
        return out;
      },
    };
    const context = createContext({
      self,
      crypto,
      performance: clock,
      setTimeout,
      setInterval,
      clearTimeout,
      clearInterval,
    });
    runInContext(WORKER_SOURCE, context);
    say({ type: 'start', code, helpers: HELPERS_SOURCE + STILL_CLOCK_SOURCE, names });
  });
}
