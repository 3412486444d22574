/** The parameters that the cells of a page have declared so far: one thing for each name, and for each key in a link. */
import { type Declarations, linkKey, type ParameterSet, type ParameterValue } from '../parameters';

export type Values = Record<string, ParameterValue>;

/** What two cells of a page call by one name, or one key, must be one thing, or a slider and a link would mean two. */
export class ParameterClashError extends Error {
  override readonly name = 'ParameterClashError';
  readonly code = 'parameter-clash';
  readonly remedy = 'Give one of them another name, or declare the parameter once and use it in both.';
}

export class Declared {
  /** By name. Names come from links too: a plain object would find `constructor` among them. */
  readonly parameters: Declarations = Object.create(null);
  private readonly known = new Set<ParameterSet>();

  /** @throws ParameterClashError */
  add(set: ParameterSet): void {
    if (this.known.has(set)) return;
    for (const [name, parameter] of Object.entries(set.declarations)) {
      const known = this.parameters[name];
      if (known !== undefined && known !== parameter && JSON.stringify(known) !== JSON.stringify(parameter))
        throw new ParameterClashError(`Two cells of this page declare the parameter “${name}” differently.`);
      const key = linkKey(name, parameter);
      const other = Object.keys(this.parameters).find((n) => linkKey(n, this.parameters[n]!) === key);
      if (other !== undefined && other !== name)
        throw new ParameterClashError(`The parameters “${name}” and “${other}” of this page share a key.`);
    }
    this.known.add(set);
    for (const [name, parameter] of Object.entries(set.declarations)) this.parameters[name] ??= parameter;
  }

  get sets(): readonly ParameterSet[] {
    return [...this.known];
  }

  get names(): string[] {
    return Object.keys(this.parameters);
  }

  /** The sets in which other values may hang on this one. */
  around(name: string): ParameterSet[] {
    return this.sets.filter((set) => set.reconcile && name in set.declarations);
  }

  /** With the defaults of whatever was not set. */
  complete(values: Readonly<Values>): Values {
    const defaults = Object.entries(this.parameters).map(([name, { default: value }]) => [name, value]);
    return { ...Object.fromEntries(defaults), ...values };
  }
}
