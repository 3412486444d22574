/** Ways to write any of the functions that change nothing of what it does: each is the reference solution with something around it. */
import { EXERCISES, type ExerciseId } from '@/lib/exercises';

const AROUND: Readonly<Record<string, string>> = {
  'a promise of it': 'const NAME = async (...args) => { await null; return right(...args); };',
  'an object with a then': 'const NAME = (...args) => ({ then: (give) => give(right(...args)) });',
  'a bound method of a class':
    'class Mine { #calls = 0; answer(...args) { this.#calls++; return right(...args); } }\nconst mine = new Mine();\nvar NAME = mine.answer.bind(mine);',
  'empties what it was given':
    'let NAME = (...args) => { const it = right(...args); for (const one of args) if (Array.isArray(one)) one.length = 0; return it; };',
  'prints, and adds to prototypes':
    'Array.prototype.sum = function () { return this.reduce((a, b) => a + b, 0); };\nfunction NAME() { console.log(arguments.length, "calls"); console.table([[1]]); return right.apply(null, arguments); }',
  'a generator inside':
    'function* steps(args) { yield 1; return right(...args); }\nconst NAME = (...args) => { const all = steps(args); all.next(); return all.next().value; };',
  'waits now and then':
    'let calls = 0;\nconst NAME = async (...args) => { if (++calls % 5000 === 0) await new Promise((go) => setTimeout(go, 1)); return right(...args); };',
  'frozen and spread':
    'const NAME = Object.freeze((first, ...rest) => right(Array.isArray(first) ? Object.freeze([...first]) : first, ...rest));',
};

/** @returns the texts of the programs, by what is done */
export function honestEverywhere(exercise: ExerciseId, solution: string): Record<string, string> {
  const name = EXERCISES[exercise].functions[0]!;
  const renamed = solution.replaceAll(`function ${name}(`, 'function right(');
  if (renamed === solution) throw new Error(`The solution has no function ${name}.`);
  return Object.fromEntries(
    Object.entries(AROUND).map(([what, text]) => [what, `${renamed}\n${text.replaceAll('NAME', name)}`]),
  );
}
