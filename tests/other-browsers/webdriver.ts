/** The few calls of WebDriver (https://www.w3.org/TR/webdriver2/) that the checks need, as plain HTTP, each with a time limit. */
import { bodyOf, CALL_WITHIN_MS, OPEN_WITHIN_MS } from './driver';

export interface Session {
  /** What the browser says of itself. */
  capabilities: { browserName?: string; browserVersion?: string };
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  ask(what: (...given: never[]) => unknown, given: readonly unknown[]): Promise<unknown>;
  end(): Promise<void>;
}

/** @throws Error in the driver's words, or when there is no answer in time */
async function send<Value>(
  method: 'POST' | 'DELETE',
  address: string,
  body: object,
  milliseconds = CALL_WITHIN_MS,
): Promise<Value> {
  const answer = await fetch(address, {
    method,
    signal: AbortSignal.timeout(milliseconds),
    ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
  });
  const { value } = (await answer.json()) as { value: Value & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${value?.error ?? answer.status}: ${value?.message ?? ''}`);
  return value;
}

/** @param driver where it listens: `http://127.0.0.1:4444` @param wanted capabilities */
export async function openSession(driver: string, wanted: object): Promise<Session> {
  const made = await send<{ sessionId: string; capabilities: Session['capabilities'] }>(
    'POST',
    `${driver}/session`,
    { capabilities: { alwaysMatch: wanted } },
    OPEN_WITHIN_MS,
  );
  const session = `${driver}/session/${made.sessionId}`;
  // The driver's own limits, so that it does not wait on when nobody listens any more.
  await send('POST', `${session}/timeouts`, { script: CALL_WITHIN_MS, pageLoad: OPEN_WITHIN_MS });
  return {
    capabilities: made.capabilities,
    open: (url) => send('POST', `${session}/url`, { url }, OPEN_WITHIN_MS),
    reload: () => send('POST', `${session}/refresh`, {}, OPEN_WITHIN_MS),
    ask: (what, given) => send('POST', `${session}/execute/sync`, { script: bodyOf(what), args: given }),
    end: () => send('DELETE', session, {}),
  };
}
