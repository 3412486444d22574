/** Faults in links, and in what keeps a reader’s code apart. */
import type { Fault } from './fault';

export const PAGE: readonly Fault[] = [
  {
    what: 'links write seven digits of what is set to six',
    file: 'lib/notebook/link.ts',
    from: 'const rounded = Number(value.toPrecision(6));',
    to: 'const rounded = Number(value.toPrecision(3));',
    seenBy: ['tests/unit/notebook/link.test.ts', 'tests/unit/notebook/store.test.ts'],
  },
  {
    what: 'a link beyond a range is taken as it is',
    file: 'lib/notebook/link.ts',
    from: 'read.values[name] = sixDigits(parameter, value);\n    if (note)',
    to: "read.values[name] = parameter.kind === 'number' ? Number(raw) : sixDigits(parameter, value);\n    if (note)",
    seenBy: ['tests/unit/notebook/link.test.ts'],
  },
  {
    what: 'the last of two equal keys wins',
    file: 'lib/notebook/link.ts',
    from: 'if (seen.has(key)) continue;',
    to: "if (seen.has(key) && key === 'v') continue;",
    seenBy: ['tests/unit/notebook/link.test.ts'],
  },
  {
    what: 'text of a link unfolds without an end',
    file: 'lib/notebook/pack.ts',
    from: 'return strFromU8(inflateSync(bytes, { out }));',
    to: "return strFromU8(inflateSync(bytes)) + ''.slice(out.length);",
    seenBy: ['tests/unit/notebook/pack.test.ts'],
  },
  {
    what: 'code may start workers that nobody counts',
    file: 'lib/sandbox/worker-source.ts',
    from: 'delete self.Worker;',
    to: 'void self.Worker;',
    seenBy: ['tests/unit/components/code/guards.test.ts'],
  },
  {
    what: 'the sandbox may act as the site',
    file: 'lib/sandbox/sandbox-page.ts',
    from: "inner.setAttribute('sandbox', 'allow-scripts');",
    to: "inner.setAttribute('sandbox', 'allow-scripts allow-same-origin');",
    seenBy: ['tests/unit/components/code/guards.test.ts'],
  },
  {
    what: 'the sandbox lets anything out',
    file: 'lib/sandbox/sandbox-page.ts',
    from: "`default-src 'none'; script-src",
    to: '`default-src *; script-src',
    seenBy: ['tests/unit/components/code/guards.test.ts'],
  },
  {
    what: 'a flood of messages is not counted',
    file: 'lib/sandbox/sandbox-page.ts',
    from: "if (++count > MOST_MESSAGES) return end('flood');",
    to: "if (++count > 1e9) return end('flood');",
    seenBy: ['tests/unit/components/code/guards.test.ts'],
  },
  {
    what: 'a fixed setting is moved by a link',
    file: 'lib/notebook/page/fixed.ts',
    from: 'readHash: held(notebook.readHash),',
    to: 'readHash: notebook.readHash,',
    seenBy: ['tests/unit/notebook/fixed.test.ts'],
  },
  {
    what: 'a fixed setting is moved by its other end',
    file: 'lib/notebook/page/fixed.ts',
    from: 'notebook.restore(before);\n    refuse',
    to: 'refuse',
    seenBy: ['tests/unit/notebook/fixed.test.ts'],
  },
  {
    what: 'an exercise in a package has no score',
    file: 'lib/gradebook/parts.ts',
    from: "isExercise(cell.cell) ? 'exercise' : 'cell'",
    to: "isExercise(cell.cell) ? 'cell' : 'cell'",
    seenBy: ['tests/unit/exercises/cells.test.ts'],
  },
];
