/** Names of no known code, where they matter: in the network itself, and not in what a training wrote down beside it. */
import type { MemoryBudget } from './budget';
import { isKnown } from './globals';
import { Dict, GlobalName, ObjectRecord, Opaque, Tuple, type Value } from './values';

/** Said in a message, at most. */
const MOST = 20;
const COST = 64;

/** The unknown names that a value is built of, or holds. @param budget is charged for every part that is looked at */
export function strangersIn(value: Value, budget: MemoryBudget): string[] {
  const found = new Set<string>();
  const seen = new Set<Value>();
  const open: Value[] = [value];
  const note = (full: string) => {
    const at = full.lastIndexOf('.');
    if (found.size < MOST && !isKnown(full.slice(0, at), full.slice(at + 1))) found.add(full);
  };
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    budget.chargeValues(COST);
    seen.add(next);
    if (next instanceof GlobalName) note(String(next));
    else if (next instanceof Opaque) {
      note(next.type);
      open.push(next.content);
    } else if (next instanceof ObjectRecord) open.push(next.type, next.attributes);
    else if (next instanceof Dict) for (const [key, item] of next.entries()) open.push(key, item);
    else if (next instanceof Tuple) open.push(...next.items);
    else if (Array.isArray(next)) open.push(...next);
  }
  return [...found];
}
