/** Runs a learner's code in a frame of its own and speaks with it. Taking the frame away ends everything in it. */
import { basePath } from '@/lib/runtime/assets';
import { KILLED_IN_WORDS, type SandboxMessage, sandboxMessageSchema } from '@/lib/sandbox/messages';

export interface SandboxHandlers {
  onMessage(message: Exclude<SandboxMessage, { type: 'call' }>): void;
  /** Ended by force, in words. */
  onKilled(reason: string): void;
  /** Answers a call; `update` passes progress on. Rejections become errors in the code. */
  answer(
    call: Extract<SandboxMessage, { type: 'call' }>,
    update: (value: unknown) => void,
    signal: AbortSignal,
  ): Promise<unknown>;
}

/** The frame is asked whether it lives every so often; it is given up after so many questions without an answer. */
const ASK_EVERY_MS = 2000;
const UNANSWERED = 6;

export interface SandboxRun {
  stop(): void;
  /** Calls functions of code that was started with `names`; answered by a message of type `answers` with the same id. */
  ask(question: {
    id: number;
    name: string;
    inputs: readonly (readonly unknown[])[];
    order: readonly number[];
  }): void;
}

export interface SandboxOptions {
  /** Code of the site that is run before, in the same realm: what code may use by name. */
  helpers?: string;
  /** The code is not run to its end, but kept: these functions of it are asked. It says `opened` when it is there. */
  names?: readonly string[];
}

export function runInSandbox(
  code: string,
  handlers: SandboxHandlers,
  options: SandboxOptions = {},
): SandboxRun {
  const frame = document.createElement('iframe');
  frame.title = 'Sandbox for code';
  frame.hidden = true;
  frame.src = `${basePath()}/embed/sandbox.html`;
  const { port1: port, port2 } = new MessageChannel();
  const abort = new AbortController();
  let over = false;
  let begun = false;

  const begin = (event: MessageEvent) => {
    if (event.source !== frame.contentWindow || event.data?.type !== 'sandbox-ready') return;
    window.removeEventListener('message', begin);
    begun = true;
    unanswered = 0;
    frame.contentWindow?.postMessage({ type: 'start', code, ...options }, '*', [port2]);
  };
  window.addEventListener('message', begin);

  // Questions are counted, not seconds: where the browser slows this page's timers down, it asks less often, too.
  let unanswered = 0;
  const asking = setInterval(() => {
    if (unanswered++ < UNANSWERED) {
      if (begun) port.postMessage({ type: 'alive' });
      return;
    }
    end();
    handlers.onKilled(KILLED_IN_WORDS[begun ? 'gone' : 'missing']!);
  }, ASK_EVERY_MS);

  function end(): void {
    if (over) return;
    over = true;
    clearInterval(asking);
    abort.abort();
    window.removeEventListener('message', begin);
    port.close();
    frame.remove();
  }

  async function answer(call: Extract<SandboxMessage, { type: 'call' }>): Promise<void> {
    const reply = (body: object) => {
      if (!over) port.postMessage({ id: call.id, ...body });
    };
    try {
      const value = await handlers.answer(
        call,
        (update) => reply({ type: 'update', value: update }),
        abort.signal,
      );
      reply({ type: 'answer', ok: true, value });
    } catch (error) {
      const { code: errorCode, message } = error as { code?: string; message?: string };
      reply({ type: 'answer', ok: false, code: errorCode ?? 'Error', message: message ?? String(error) });
    }
  }

  port.onmessage = ({ data }: MessageEvent<{ type: string; text?: string; reason?: string }>) => {
    if (over) return;
    unanswered = 0;
    if (data.type === 'killed') {
      end();
      if (data.reason !== 'error')
        handlers.onKilled(KILLED_IN_WORDS[data.reason ?? ''] ?? 'The code was stopped.');
      return;
    }
    let parsed: ReturnType<typeof sandboxMessageSchema.safeParse>;
    try {
      parsed = sandboxMessageSchema.safeParse(JSON.parse(data.text ?? ''));
    } catch {
      return;
    }
    // What is not one of ours is nobody's: code may post what it likes.
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.type === 'call') return void answer(message);
    if (message.type === 'done' || message.type === 'error') end();
    handlers.onMessage(message);
  };
  document.body.append(frame);
  return {
    stop: end,
    ask(question) {
      if (!over) port.postMessage({ type: 'ask', ...question });
    },
  };
}
