/**
 * What hangs on a value follows it: ε and σ are two ends of one thing, and never stand for two different guarantees. Pure:
 * each set of parameters says by its own `reconcile` what follows what.
 */
import { clamp, type ParameterSet, type ValuesOf } from '../parameters';
import type { Declared, Values } from './declared';

/** What must follow a change, brought into range. */
export interface Consequences {
  patch: Values;
  notes: string[];
  /** Those that would have left their range. */
  clamped: string[];
}

export const inSet = (set: ParameterSet, values: Values): Values =>
  Object.fromEntries(Object.keys(set.declarations).map((name) => [name, values[name]!]));

/** How the values that follow are worked out: exactly, or within a frame where a set can do that. */
export type Care = 'exact' | 'sketch';

/** What a set says must follow when `changed` has moved. */
export function consequences(
  set: ParameterSet,
  values: Values,
  changed: string,
  care: Care = 'exact',
): Consequences {
  const found: Consequences = { patch: {}, notes: [], clamped: [] };
  const follow = care === 'sketch' ? (set.sketch ?? set.reconcile) : set.reconcile;
  const wanted = follow?.(inSet(set, values) as ValuesOf<ParameterSet['declarations']>, changed) ?? {};
  for (const [name, raw] of Object.entries(wanted)) {
    const parameter = set.declarations[name];
    if (!parameter) continue;
    const { value, note } = clamp(parameter, raw);
    found.patch[name] = value;
    if (note) {
      found.notes.push(note);
      found.clamped.push(name);
    }
  }
  return found;
}

/**
 * Lets everything that hangs on one value follow it, each set once. Where something would leave its range it stops at the
 * end, and the value that was moved comes back to meet it.
 */
export function settle(
  declared: Declared,
  values: Values,
  changed: string,
  care: Care = 'exact',
): { values: Values; notes: string[] } {
  let settled = values;
  const notes: string[] = [];
  const asked = new Set<ParameterSet>();
  const waiting = [changed];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    for (const set of declared.around(name)) {
      if (asked.has(set)) continue;
      asked.add(set);
      const before = settled;
      const follow = consequences(set, settled, name, care);
      settled = { ...settled, ...follow.patch };
      for (const end of follow.clamped)
        settled = { ...settled, ...consequences(set, settled, end, care).patch };
      notes.push(...follow.notes);
      waiting.push(...Object.keys(settled).filter((other) => settled[other] !== before[other]));
    }
  }
  return { values: settled, notes };
}
