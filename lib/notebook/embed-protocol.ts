/**
 * What an embedded cell and the page around it say to each other, by `postMessage`.
 *
 * A frame may stand in any page, so it tells strangers nothing but that it is there and how tall it is. The page around
 * says `hello`; from then on the frame answers to that page's origin, and to no other.
 */
import * as z from 'zod';

export const EMBED_SOURCE = 'dp-playground';
export const HOST_SOURCE = 'dp-playground-host';
export const EMBED_VERSION = 1;

const envelope = { source: z.literal(HOST_SOURCE), v: z.literal(EMBED_VERSION) };
const request = z.union([z.string().max(100), z.number()]).optional();

/** Settings, by the keys that links use: `{ eps: 2, steps: 100 }`. */
const settings = z
  .record(z.string().regex(/^[a-zA-Z][\w-]{0,39}$/), z.union([z.number(), z.string().max(2000), z.boolean()]))
  .refine((record) => Object.keys(record).length <= 100, 'at most 100 settings');

export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({
    ...envelope,
    type: z.literal('hello'),
    /** The page around keeps a learning record store: it wants xAPI statements, of this actor if it names one. */
    xapi: z.object({ actor: z.unknown().optional() }).optional(),
  }),
  z.object({ ...envelope, type: z.literal('run') }),
  z.object({ ...envelope, type: z.literal('stop') }),
  z.object({ ...envelope, type: z.literal('reset') }),
  z.object({ ...envelope, type: z.literal('setState'), settings }),
  z.object({ ...envelope, type: z.literal('getState'), request }),
  z.object({ ...envelope, type: z.literal('setTheme'), theme: z.enum(['auto', 'light', 'dark']) }),
]);

/** From the page around to the frame. */
export type HostMessage = z.output<typeof hostMessageSchema>;

export interface EmbedResult {
  /** As the cell's worker found it; its form is the cell's own. */
  value: unknown;
  /** The numbers of its first level, and of the last progress report, by name. */
  metrics: Record<string, number>;
  /** How they came to be. */
  provenance: unknown;
}

export type EmbedBody =
  /** The frame listens. Sent when it loads, and again, `greeted`, in answer to `hello`. */
  | { type: 'ready'; greeted: boolean; title: string; settings: { key: string; label: string }[] }
  /** In CSS pixels, rounded up; sent when it changes by more than 4. */
  | { type: 'height'; height: number }
  | {
      type: 'state';
      /** The settings as a link has them, `#v=1&eps=2`; empty at the defaults. */
      hash: string;
      state: string;
      stale: boolean;
      step: number;
      total: number | null;
      /** Of the `getState` that this answers, as it was given. */
      request?: string | number;
      /** Of the last run, in an answer to `getState`; null before there was one. */
      result?: EmbedResult | null;
    }
  /** The numbers of the latest progress report, e.g. `{ step: 20, epsilon: 0.8 }`. */
  | { type: 'metric'; metrics: Record<string, number> }
  | { type: 'done'; provenance: unknown }
  | { type: 'error'; code: string; message: string; remedy: string }
  /** An xAPI statement: answered, progressed or completed. Only to a page that asked for them in its `hello`. */
  | { type: 'statement'; statement: unknown };

/** From the frame to the page around; `id` is `<lesson>/<cell>`. */
export type EmbedMessage = EmbedBody & { source: typeof EMBED_SOURCE; v: typeof EMBED_VERSION; id: string };

/** May be sent to a page that has not said hello. */
const PUBLIC: readonly EmbedBody['type'][] = ['ready', 'height'];
/** Smaller changes are not worth a layout of the page around, and could go back and forth for ever. */
export const HEIGHT_STEP = 4;

/**
 * WordPress speaks a protocol of its own: into what oEmbed gave it, it puts a secret at the end of the address, and lets whoever repeats it
 * say how tall the frame is to be (wp-includes/js/wp-embed.js). Null in any other page.
 * @param hash of the address as it was opened
 */
export function wordpressHeight(
  hash: string,
  pixels: number,
): { message: 'height'; value: number; secret: string } | null {
  const secret = SECRET.exec(hash)?.[1];
  return secret === undefined ? null : { message: 'height', value: Math.ceil(pixels), secret };
}

const SECRET = /#?\?secret=(\w{10})$/;

/** The settings in such an address: the last of them would take the secret for a part of its value. */
export const withoutSecret = (hash: string): string => hash.replace(SECRET, '');

/** The numbers in a report, one level deep. */
export function metricsOf(update: unknown): Record<string, number> | null {
  if (typeof update !== 'object' || update === null) return null;
  const numbers = Object.entries(update).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1]),
  );
  return numbers.length === 0 ? null : Object.fromEntries(numbers);
}

/** The frame's side. Plain, so that tests can stand in for the two windows. */
export class EmbedChannel {
  /** Of the page around, once it has said hello. */
  #origin: string | null = null;
  #height = 0;
  #xapi: { actor?: unknown } | null = null;

  constructor(
    private readonly id: string,
    private readonly describe: () => Omit<Extract<EmbedBody, { type: 'ready' }>, 'type' | 'greeted'>,
    private readonly post: (message: EmbedMessage, targetOrigin: string) => void,
    private readonly obey: (command: Exclude<HostMessage, { type: 'hello' }>) => void,
  ) {}

  get greeted(): boolean {
    return this.#origin !== null;
  }

  /** What the page around said of xAPI in its `hello`; null where it wants none. */
  get xapi(): { actor?: unknown } | null {
    return this.#xapi;
  }

  send(body: EmbedBody): void {
    const target = this.#origin ?? (PUBLIC.includes(body.type) ? '*' : null);
    if (target === null) return;
    this.post({ source: EMBED_SOURCE, v: EMBED_VERSION, id: this.id, ...body }, target);
  }

  ready(): void {
    this.send({ type: 'ready', greeted: this.greeted, ...this.describe() });
  }

  /** @returns whether it was worth telling */
  height(pixels: number): boolean {
    const height = Math.ceil(pixels);
    if (Math.abs(height - this.#height) <= HEIGHT_STEP) return false;
    this.#height = height;
    this.send({ type: 'height', height });
    return true;
  }

  /** @param data of a message event that came from the page around @param origin of that page */
  receive(data: unknown, origin: string): void {
    const parsed = hostMessageSchema.safeParse(data);
    if (!parsed.success) {
      const meant =
        typeof data === 'object' && data !== null && 'source' in data && data.source === HOST_SOURCE;
      // Only a page that has said hello is told what is wrong with its messages.
      if (meant && origin === this.#origin)
        this.send({
          type: 'error',
          code: 'message-invalid',
          message: `This message was not understood: ${z.prettifyError(parsed.error)}`,
          remedy: 'See the list of messages at /embed/.',
        });
      return;
    }
    const message = parsed.data;
    if (message.type === 'hello') {
      // A sandboxed page has no origin that could be named; it is our parent all the same.
      this.#origin = origin === 'null' ? '*' : origin;
      this.#xapi = message.xapi ?? null;
      this.ready();
      return;
    }
    if (this.#origin === null || (this.#origin !== '*' && this.#origin !== origin)) return;
    this.obey(message);
  }
}

/** Why settings are not taken, or null: whoever sends a key that does not exist means something by it. */
export function refusedSettings(
  given: Readonly<Record<string, unknown>>,
  known: readonly { key: string }[],
): Extract<EmbedBody, { type: 'error' }> | null {
  const keys = known.map(({ key }) => key);
  const unknown = Object.keys(given).filter((key) => !keys.includes(key));
  if (unknown.length === 0) return null;
  const names = unknown.map((key) => `“${key}”`).join(', ');
  return {
    type: 'error',
    code: 'setting-unknown',
    message: `This cell has no setting ${names}. Nothing was set.`,
    remedy: keys.length > 0 ? `It has ${keys.join(', ')}.` : 'It has no settings.',
  };
}

/** Settings by key as a link's hash. */
export function hashOfSettings(given: Record<string, string | number | boolean>): string {
  const pairs = Object.entries(given).map(
    ([key, value]) => `&${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`,
  );
  return pairs.length === 0 ? '' : `#v=1${pairs.join('')}`;
}
