/** The sandbox's own program, run in Node: what a frame and a worker are in a browser is one context here. */
import { createContext, runInContext } from 'node:vm';
import type { Call } from '@/components/code/answer-call';
import { sandboxMessageSchema } from '@/lib/sandbox/messages';
import { WORKER_SOURCE } from '@/lib/sandbox/worker-source';

type Message = ReturnType<typeof sandboxMessageSchema.parse>;
export type Answer = (call: Call, update: (value: unknown) => void) => Promise<unknown>;

/** Runs code as a code cell does. @returns all that came out of it; the last is `done` or `error` */
export function runCode(code: string, answer: Answer): Promise<Message[]> {
  return new Promise((resolve) => {
    const out: Message[] = [];
    const listeners: ((event: { data: unknown }) => void)[] = [];
    const say = (data: object) => {
      for (const listener of listeners) listener({ data: structuredClone(data) });
    };
    const self = {
      postMessage(data: unknown) {
        // As text, as the frame passes it on.
        const message = sandboxMessageSchema.parse(JSON.parse(JSON.stringify(data)));
        out.push(message);
        if (message.type === 'done' || message.type === 'error') resolve(out);
        if (message.type !== 'call') return;
        const { id } = message;
        answer(message, (value) => say({ id, type: 'update', value })).then(
          (value) => say({ id, type: 'answer', ok: true, value }),
          (error) => say({ id, type: 'answer', ok: false, code: error.code, message: error.message }),
        );
      },
      addEventListener(type: string, listener: (event: { data: unknown }) => void) {
        if (type === 'message') listeners.push(listener);
      },
    };
    runInContext(
      WORKER_SOURCE,
      createContext({ self, setTimeout, setInterval, clearTimeout, clearInterval }),
    );
    say({ type: 'start', code });
  });
}
