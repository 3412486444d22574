/**
 * Takes over what a link says. What it names first decides; what it names later must go with that, or gives way and a note
 * says so. Pure.
 */
import { formatValue, type ParameterSet, type ParameterValue } from '../parameters';
import type { Declared, Values } from './declared';
import { consequences } from './settle';

/** Two ends of one thing, rounded to six digits for a link, still belong together within this relative difference. */
const ROUNDING = 1e-5;

function agree(a: ParameterValue, b: ParameterValue): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
}

/** A value left out, being the default, decides where that is just what the link means. */
function isImplied(given: Values, patch: Values): boolean {
  const named = Object.keys(patch).filter((name) => name in given);
  return named.length > 0 && named.every((name) => agree(given[name]!, patch[name]!));
}

/**
 * @param given what the link names
 * @param before what stands, complete
 * @param among the parameters that the link is read for; those that it does not name go back to their defaults
 */
export function takeLink(
  declared: Declared,
  given: Values,
  before: Values,
  among: ReadonlySet<string>,
): { values: Values; notes: string[] } {
  const values = { ...before };
  for (const name of among) values[name] = given[name] ?? declared.parameters[name]!.default;
  const notes: string[] = [];
  const overruled = new Set<string>();
  const follow = (patch: Values) => {
    for (const [name, value] of Object.entries(patch)) {
      // Rounded for the link, no more: left as it is, or a link passed on and on would drift.
      if (given[name] !== undefined && given[name] === values[name] && agree(given[name], value)) continue;
      values[name] = value;
      if (given[name] !== undefined) overruled.add(name);
    }
  };
  /** Whether all that a value asks for is what the link names itself. */
  const goesWith = (patch: Values) => {
    const named = Object.entries(patch).filter(([name]) => name in given);
    return named.length > 0 && named.every(([name, value]) => agree(given[name]!, value));
  };
  /** Another value of the link says all this one says, and this one not all that it says: ε was rounded up, σ was not. */
  const leftToAnother = (set: ParameterSet, patch: Values) =>
    !goesWith(patch) &&
    Object.keys(patch).some(
      (other) => other in given && !decided.has(other) && goesWith(consequences(set, values, other).patch),
    );
  const decided = new Set<string>();
  for (const name of declared.names) {
    if (!among.has(name) || decided.has(name)) continue;
    for (const set of declared.around(name)) {
      // What a default asks for matters only where the link names it; an accountant takes its time to say.
      if (!Object.keys(set.declarations).some((other) => other in given)) continue;
      const { patch, clamped, notes: said } = consequences(set, values, name);
      if (!(name in given) && !isImplied(given, patch)) continue;
      if (leftToAnother(set, patch)) continue;
      decided.add(name);
      notes.push(...said);
      for (const other of Object.keys(patch)) {
        if (other !== name && decided.has(other)) delete patch[other];
        else decided.add(other);
      }
      follow(patch);
      // Where something would leave its range, even what decides comes back to meet it.
      for (const end of clamped) follow(consequences(set, values, end).patch);
    }
  }
  for (const name of overruled) {
    const parameter = declared.parameters[name]!;
    const [said, used] = [given[name]!, values[name]!].map((value) => formatValue(parameter, value));
    if (said !== used)
      notes.push(`${parameter.label}: ${said} does not go with the rest of the link; using ${used}.`);
  }
  return { values, notes };
}
