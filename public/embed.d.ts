/** Types of embed.js. Copy this file beside your code, or name it in `paths`; the script itself needs no package. */

export type EmbedTheme = 'auto' | 'light' | 'dark';
export type EmbedSettings = Record<string, string | number | boolean>;
export type CellState = 'idle' | 'preparing' | 'running' | 'done' | 'stopped' | 'failed';

/** In every event's `detail`. */
interface EmbedDetail {
  source: 'dp-playground';
  v: 1;
  /** `<lesson>/<cell>` */
  id: string;
}

export interface ReadyDetail extends EmbedDetail {
  type: 'ready';
  greeted: boolean;
  title: string;
  /** What `setState` takes; empty until the cell has been started. */
  settings: { key: string; label: string }[];
}

export interface StateDetail extends EmbedDetail {
  type: 'state';
  /** The settings as a link has them, `#v=1&eps=2`; empty at the defaults. */
  hash: string;
  state: CellState;
  /** Whether what is shown was made with other settings than those that hold now. */
  stale: boolean;
  step: number;
  total: number | null;
  /** Of the last run, when asked for by `getState`; null before there was one. */
  result?: EmbedResult | null;
}

export interface EmbedResult {
  /** As the cell found it; its form is the cell's own. */
  value: unknown;
  /** The numbers of its first level, and of the last progress report, by name. */
  metrics: Record<string, number>;
  /** How they came to be: backend, noise, accountant, ε and δ, data, seed. */
  provenance: unknown;
}

export interface MetricDetail extends EmbedDetail {
  type: 'metric';
  metrics: Record<string, number>;
}

export interface DoneDetail extends EmbedDetail {
  type: 'done';
  provenance: unknown;
}

export interface ErrorDetail extends EmbedDetail {
  type: 'error';
  code: string;
  message: string;
  remedy: string;
}

/** An xAPI agent, by exactly one of the four names that xAPI has for one. */
export type XapiActor = { objectType?: 'Agent'; name?: string } & (
  | { mbox: string }
  | { mbox_sha1sum: string }
  | { openid: string }
  | { account: { homePage: string; name: string } }
);

/** As xAPI 1.0.3 has it. */
export interface XapiStatement {
  id: string;
  timestamp: string;
  actor: XapiActor;
  verb: { id: string; display: Record<string, string> };
  object: { objectType: 'Activity'; id: string; definition: { type: string; name: Record<string, string> } };
  result?: { response?: string; success?: boolean; completion?: boolean; score?: { scaled: number } };
  context: { platform: string; language: string; contextActivities: { parent: { id: string }[] } };
}

export interface StatementDetail extends EmbedDetail {
  type: 'statement';
  statement: XapiStatement;
}

export interface EpsilonPlaygroundEventMap {
  ready: CustomEvent<ReadyDetail>;
  state: CustomEvent<StateDetail>;
  metric: CustomEvent<MetricDetail>;
  done: CustomEvent<DoneDetail>;
  error: CustomEvent<ErrorDetail>;
  /** Only with the attribute `xapi`. */
  statement: CustomEvent<StatementDetail>;
}

export interface EpsilonPlaygroundElement extends HTMLElement {
  /** Of xAPI statements; read when the cell is greeted. */
  actor: XapiActor | undefined;
  /** What is said before the cell listens is kept, and said then. */
  run(): void;
  stop(): void;
  reset(): void;
  /** By the keys that links use. A key that the cell does not have is refused by name, in an `error` event, and nothing is set. */
  setState(settings: EmbedSettings): void;
  /** Rejects when the cell does not answer. */
  getState(): Promise<StateDetail>;
  addEventListener<K extends keyof EpsilonPlaygroundEventMap>(
    type: K,
    listener: (event: EpsilonPlaygroundEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'epsilon-playground': EpsilonPlaygroundElement;
  }
}
