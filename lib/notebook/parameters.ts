/**
 * Parameters of a cell, each declared once. Sliders, links, exports and validation are all derived from the declaration.
 */
import { type NumberRead, readNumber } from './read-number';

/**
 * Where a value may go. A webcam choice, say, must not travel in a link. The link is also what a reload and Back read:
 * nothing is stored elsewhere, so that a lesson opened afresh, on a shared machine too, begins at its defaults.
 */
export interface Destinations {
  link: boolean;
}

interface Common {
  label: string;
  /** One or two sentences for a person who meets the word for the first time. */
  help: string;
  /** The key in a link, short and readable: `eps`. Defaults to the parameter's name. */
  key?: string;
  destinations?: Partial<Destinations>;
}

export interface NumberParameter extends Common {
  kind: 'number';
  min: number;
  max: number;
  /** Where the slider ends before the value does: beyond it the field still says the value. */
  slider?: { min: number; max: number };
  /** Smallest change by keyboard on a linear scale; on a log scale, the relative change. */
  step: number;
  scale: 'linear' | 'log';
  default: number;
  unit?: string;
  /** Whole numbers only. */
  integer?: boolean;
  /** A draw by chance that anybody may repeat: no number is more than another, so that a die serves better than a slider. */
  seed?: boolean;
  /** How the value reads, e.g. "1e-5". */
  format?: (value: number) => string;
}

export interface ChoiceParameter<Value extends string = string> extends Common {
  kind: 'choice';
  options: readonly { value: Value; label: string; help?: string }[];
  default: Value;
}

export interface BooleanParameter extends Common {
  kind: 'boolean';
  default: boolean;
}

export interface TextParameter extends Common {
  kind: 'text';
  maxLength: number;
  default: string;
  /** Deflated in links: for code and other long texts. */
  packed?: boolean;
}

export type Parameter = NumberParameter | ChoiceParameter | BooleanParameter | TextParameter;
export type Declarations = Record<string, Parameter>;
export type ParameterValue = number | string | boolean;

export type ValueOf<P extends Parameter> = P extends NumberParameter
  ? number
  : P extends ChoiceParameter<infer Value>
    ? Value
    : P extends BooleanParameter
      ? boolean
      : string;

export type ValuesOf<D extends Declarations> = { [Name in keyof D]: ValueOf<D[Name]> };

/** Of two settings that are one thing a link names only one: the other follows. */
export interface InLink<Name extends string = string> {
  without: Name;
  /** Named even where it is at its default, for it decides. */
  always?: Name;
}

export interface ParameterSet<D extends Declarations = Declarations> {
  declarations: D;
  defaults: ValuesOf<D>;
  /**
   * Brings values that are two ends of one thing (ε and σ) together again after `changed` moved.
   * Pure; returns only what has to change.
   */
  reconcile?: (values: ValuesOf<D>, changed: keyof D & string) => Partial<ValuesOf<D>>;
  /** The one that its cell is about: it stands by itself, as wide as the figure; the others wait behind “More settings”. */
  hero?: keyof D & string;
  /** The same within a frame, for a slider that moves: never better for the learner than `reconcile` will be. */
  sketch?: (values: ValuesOf<D>, changed: keyof D & string) => Partial<ValuesOf<D>>;
  /**
   * Resolves when `reconcile` will answer at once; null where it does already.
   * @param wanted false once nobody waits any more
   */
  ahead?: (values: ValuesOf<D>, changed: keyof D & string, wanted: () => boolean) => Promise<void> | null;
  /** Which of two settings that are one thing a link with these values names. */
  inLink?: (values: ValuesOf<D>) => InLink<keyof D & string>;
}

/** A scale is linear unless it says otherwise. By itself a whole number moves by one, another on a log scale by a hundredth. */
type NumberDeclaration = Omit<NumberParameter, 'kind' | 'scale' | 'step'> &
  Partial<Pick<NumberParameter, 'scale' | 'step'>> &
  ({ step: number } | { integer: true } | { scale: 'log' });

export const number = (parameter: NumberDeclaration): NumberParameter => ({
  kind: 'number',
  scale: 'linear',
  step: parameter.integer ? 1 : 0.01,
  ...parameter,
});
/** Of random draws that anybody may repeat. */
export const seedNumber = (words: Pick<NumberParameter, 'label' | 'key' | 'help'>): NumberParameter =>
  number({ min: 0, max: 999_999, integer: true, seed: true, default: 1, ...words });
/** `NoInfer`: the values come from the options listed, not from where the parameter is put. */
export const choice = <const Value extends string>(
  parameter: Omit<ChoiceParameter<Value>, 'kind'>,
): ChoiceParameter<NoInfer<Value>> => ({ kind: 'choice', ...parameter });
export const boolean = (parameter: Omit<BooleanParameter, 'kind'>): BooleanParameter => ({
  kind: 'boolean',
  ...parameter,
});
export const text = (parameter: Omit<TextParameter, 'kind'>): TextParameter => ({
  kind: 'text',
  ...parameter,
});

export function linkKey(name: string, parameter: Parameter): string {
  return parameter.key ?? name;
}

/** Everything may go everywhere unless it says otherwise. */
export function destinationsOf(parameter: Parameter): Destinations {
  return { link: true, ...parameter.destinations };
}

/** A declaration that cannot be meant. Thrown when its module loads, so that it never reaches a learner. */
export class ParameterDeclarationError extends Error {
  override readonly name = 'ParameterDeclarationError';
  readonly code = 'parameter-declaration';
  readonly remedy = 'Correct the declaration in the source.';
  constructor(parameter: string, problem: string) {
    super(`The parameter “${parameter}” ${problem}.`);
  }
}

/** From where to where the slider goes. */
export const sliderEnds = ({ slider, min, max }: NumberParameter): { min: number; max: number } =>
  slider ?? { min, max };

function checkDeclarations(declarations: Declarations): void {
  const keys = new Set<string>();
  for (const [name, parameter] of Object.entries(declarations)) {
    const key = linkKey(name, parameter);
    if (!/^[a-zA-Z][\w-]*$/.test(key))
      throw new ParameterDeclarationError(name, `has the unreadable key “${key}”`);
    if (key === 'v')
      throw new ParameterDeclarationError(name, 'has the key “v”, which is the version of a link');
    if (keys.has(key)) throw new ParameterDeclarationError(name, `shares the key “${key}” with another`);
    keys.add(key);
    if (parameter.kind === 'number') {
      const { scale } = parameter;
      const { min, max } = sliderEnds(parameter);
      if (!(min < max)) throw new ParameterDeclarationError(name, `ends (${max}) before it begins (${min})`);
      if (scale === 'log' && min <= 0)
        throw new ParameterDeclarationError(name, `has a log scale that begins at ${min}`);
    }
    const { note } = clamp(parameter, parameter.default);
    if (note) throw new ParameterDeclarationError(name, `has a default that it does not allow (${note})`);
  }
}

/**
 * Declares the parameters of a cell.
 * @throws ParameterDeclarationError for a default out of range, an unreadable or doubled key, a log scale from zero
 */
export function defineParameters<const D extends Declarations>(
  declarations: D,
  options: Omit<ParameterSet<D>, 'declarations' | 'defaults'> = {},
): ParameterSet<D> {
  checkDeclarations(declarations);
  if (options.hero !== undefined && !(options.hero in declarations))
    throw new ParameterDeclarationError(options.hero, 'is to come first, but is not declared');
  const entries = Object.entries(declarations);
  return {
    declarations,
    defaults: Object.fromEntries(entries.map(([name, p]) => [name, p.default])) as ValuesOf<D>,
    ...options,
  };
}

/** A value brought into range, and what to tell the learner if it had to be changed. */
export interface Clamped {
  value: ParameterValue;
  note: string | null;
}

/** A number as people read it: no trailing zeros, powers of ten for the very small. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'infinity' : '−infinity';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(2).replace(/\.?0+e\+?/, 'e');
  return String(Number(value.toPrecision(4)));
}

/** A value as people read it, without its unit. */
export function formatValue(parameter: Parameter, value: ParameterValue): string {
  if (parameter.kind === 'number' && typeof value === 'number') {
    if (parameter.format) return parameter.format(value);
    // Of a seed or a number of steps, every digit counts.
    return parameter.integer ? String(value) : formatNumber(value);
  }
  if (parameter.kind === 'choice')
    return parameter.options.find((option) => option.value === value)?.label ?? String(value);
  if (parameter.kind === 'boolean') return value ? 'on' : 'off';
  return String(value);
}

/** Shows a stranger's text in a note without letting it take over the page. */
function quoted(raw: unknown): string {
  const words = typeof raw === 'object' || typeof raw === 'function' ? `some ${typeof raw}` : String(raw);
  return `“${words.length > 24 ? `${words.slice(0, 24)}…` : words}”`;
}

/** How an ambiguous text was read, where that matters: `1,250` in a field of fractions, `1.250` in one of whole numbers. */
function doubtFor(parameter: NumberParameter, { value, doubt }: NumberRead, outside: boolean): string | null {
  if (doubt === null) return null;
  const asThousands = value >= 1000;
  return outside || asThousands !== (parameter.integer ?? false) ? doubt : null;
}

function clampNumber(parameter: NumberParameter, raw: unknown, standing: number | undefined): Clamped {
  const { label, min, max, default: fallback } = parameter;
  const read = typeof raw === 'string' ? readNumber(raw) : { value: Number.NaN, doubt: null };
  const given = typeof raw === 'number' ? raw : read.value;
  if (Number.isNaN(given)) {
    const value = standing ?? fallback;
    const instead = `${standing === undefined ? 'using' : 'it stays'} ${formatValue(parameter, value)}`;
    return { value, note: `${label}: ${quoted(raw)} is not a number; ${instead}.` };
  }
  // Adding zero turns −0, which would be written differently, into 0.
  const whole = (parameter.integer && Number.isFinite(given) ? Math.round(given) : given) + 0;
  const value = Math.min(max, Math.max(min, whole));
  const using = `using ${formatValue(parameter, value)}`;
  const notes = [
    value !== whole
      ? `${formatNumber(given).replace(/^-/, '−')} is ${whole < min ? 'below' : 'beyond'} ${formatValue(parameter, value)}; ${using}`
      : whole !== given
        ? `${given} is not a whole number; ${using}`
        : null,
    doubtFor(parameter, read, value !== whole),
  ].filter((note) => note !== null);
  return { value, note: notes.length > 0 ? `${label}: ${notes.join('. ')}.` : null };
}

/** A number that a reader typed, as it was asked of the settings. */
export interface Entered {
  text: string;
  /** In the parameter's own range. */
  asked: number;
  note: string | null;
}

/** Nearer than that, two numbers are one: settings keep six digits. */
const SAME_WITHIN = 1e-5;

/**
 * What a field says of a number that was typed into it, once all that hangs on it has followed. Two ends of one thing have a range each:
 * where the other one's ended first, the number typed did not come to stand, whatever its own range says.
 * @param stands the value now
 */
export function enteredNote(
  parameter: NumberParameter,
  { text, asked, note }: Entered,
  stands: number,
): string | null {
  if (Math.abs(asked - stands) <= SAME_WITHIN * Math.max(Math.abs(asked), Math.abs(stands))) return note;
  return `${parameter.label}: the other settings do not reach ${quoted(text)}; the nearest is ${formatValue(parameter, stands)}.`;
}

/**
 * Turns anything (a number field, a link, an import) into a lawful value. Never throws.
 * @param standing of a number: what stays if nothing can be read; the default if left out
 */
export function clamp(parameter: Parameter, raw: unknown, standing?: number): Clamped {
  switch (parameter.kind) {
    case 'number':
      return clampNumber(parameter, raw, standing);
    case 'choice': {
      const found = parameter.options.find((option) => option.value === raw);
      if (found) return { value: found.value, note: null };
      return {
        value: parameter.default,
        note: `${parameter.label}: ${quoted(raw)} is not one of the choices; using ${formatValue(parameter, parameter.default)}.`,
      };
    }
    case 'boolean': {
      if (raw === true || raw === '1' || raw === 'true' || raw === 'on') return { value: true, note: null };
      if (raw === false || raw === '0' || raw === 'false' || raw === 'off')
        return { value: false, note: null };
      return {
        value: parameter.default,
        note: `${parameter.label}: ${quoted(raw)} is neither on nor off; using ${formatValue(parameter, parameter.default)}.`,
      };
    }
    case 'text': {
      if (typeof raw !== 'string')
        return { value: parameter.default, note: `${parameter.label}: ${quoted(raw)} is no text.` };
      if (raw.length <= parameter.maxLength) return { value: raw, note: null };
      return {
        value: raw.slice(0, parameter.maxLength),
        note: `${parameter.label}: cut to ${parameter.maxLength} characters.`,
      };
    }
  }
}
