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
    what: 'a run that came with a file passes for one that ran here',
    file: 'lib/notebook/own/run-rows-in-file.ts',
    from: "opened: 'read',",
    to: 'opened: undefined,',
    seenBy: ['tests/unit/notebook/own/results.test.ts'],
  },
  {
    what: 'a sweep goes on after a charge of which no price was told',
    file: 'lib/notebook/own/sweep.ts',
    from: 'if (end.charged && !priced(at))',
    to: 'if (end.charged && !priced(0))',
    seenBy: ['tests/unit/notebook/own/sweep.test.ts'],
  },
  {
    what: 'a run takes the charges of another for its own',
    file: 'lib/runtime/worker-host.ts',
    from: '    } finally {\n      over();\n    }',
    to: '    } finally {\n    }',
    seenBy: ['tests/unit/runtime/worker-host.test.ts'],
  },
];
