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
  const open: Value[] = [];
  const note = (full: string) => {
    const at = full.lastIndexOf('.');
    if (found.size < MOST && !isKnown(full.slice(0, at), full.slice(at + 1))) found.add(full);
  };
  const visit = (part: Value | undefined) => {
    if (part instanceof GlobalName) note(String(part));
    else if (holdsMore(part) && !seen.has(part)) {
      budget.chargeValues(COST);
      seen.add(part);
      open.push(part);
    }
  };
  visit(value);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next instanceof Opaque) {
      note(next.type);
      visit(next.content);
    } else if (next instanceof ObjectRecord) {
      visit(next.type);
      visit(next.attributes);
    } else if (next instanceof Dict)
      for (const [key, item] of next.entries()) {
        visit(key);
        visit(item);
      }
    else for (const item of next instanceof Tuple ? next.items : (next as Value[])) visit(item);
  }
  return [...found];
}

/** Most of a checkpoint's values are numbers, tensors and the empty dicts of hooks: in these nothing can be. */
const holdsMore = (part: Value | undefined): part is Value =>
  part instanceof ObjectRecord ||
  part instanceof Opaque ||
  (part instanceof Dict && part.size > 0) ||
  (part instanceof Tuple && part.items.length > 0) ||
  (Array.isArray(part) && part.length > 0);
