/** What goes wrong with any function: it answers late, in another form, or not always. Each is the reference solution with a function around it. */
import { EXERCISES, type ExerciseId } from '@/lib/exercises';

/** Bodies of a function of `args` that knows `right`, the reference, and how many `calls` there were, this one counted. */
const BODIES: Readonly<Record<string, string>> = {
  'the answer to the call before': 'const now = last; last = right(...args); return now ?? last;',
  'its first answer for ever': 'last ??= right(...args); return last;',
  'an error now and then': "if (calls % EVERY === 0) throw new Error('tired'); return right(...args);",
  'nothing now and then': 'if (calls % EVERY === 0) return; return right(...args);',
  'NaN now and then': 'if (calls % EVERY === 0) return Number.NaN; return right(...args);',
  'a promise that is broken now and then':
    "if (calls % EVERY === 0) return Promise.reject('no'); return Promise.resolve(right(...args));",
  'what is worth the answer':
    'const it = right(...args); return { valueOf: () => it, toJSON: () => it, [Symbol.toPrimitive]: () => it };',
  'a proxy of it':
    'const it = right(...args); return new Proxy({}, { get: (_, key) => (key === "then" ? undefined : it), ownKeys: () => ["it"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: it }) });',
  'what looks like it and is none': 'const it = right(...args); return Object.create({ it });',
  'a function that gives it': 'const it = right(...args); return () => it;',
  'a sign and a symbol': "right(...args); return Symbol('answer');",
  'text of it': 'return JSON.stringify(right(...args));',
  'a list of lists of it': 'return [[[right(...args)]]];',
  'other inputs than it was given':
    'const other = (x) => (typeof x === "number" ? x * 1.3 + 0.7 : typeof x === "boolean" ? !x : Array.isArray(x) ? x.map(other) : x && typeof x === "object" ? Object.fromEntries(Object.entries(x).map(([key, one]) => [key, other(one)])) : x); return right(...args.map(other));',
};

/** Calls of which one is bad; graders of attacks and audits call a few times only. */
const EVERY: Readonly<Partial<Record<ExerciseId, number>>> = {
  'membership-attack': 3,
  'audit-a-black-box': 50,
};

/** Those that leave nothing of the task in some exercise. */
const RIGHT_THERE: Readonly<Record<string, readonly string[]>> = {
  // Ranks among the examples stay the same where all losses are moved and stretched.
  'other inputs than it was given': ['membership-attack', 'noise-in-pixels'],
};

/** @returns the texts of the wrong programs, by what is wrong */
export function wrongEverywhere(exercise: ExerciseId, solution: string): Record<string, string> {
  const name = EXERCISES[exercise].functions[0]!;
  const renamed = solution.replaceAll(`function ${name}(`, 'function right(');
  if (renamed === solution) throw new Error(`The solution has no function ${name}.`);
  return Object.fromEntries(
    Object.entries(BODIES)
      .filter(([what]) => !RIGHT_THERE[what]?.includes(exercise))
      .map(([what, body]) => [
        what,
        `${renamed}\nconst EVERY = ${EVERY[exercise] ?? 50};\nlet calls = 0;\nlet last;\nfunction ${name}(...args) {\n  calls++;\n  ${body}\n}`,
      ]),
  );
}
