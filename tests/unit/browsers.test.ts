/** The browsers that the site is built for: README and the build say the same, and no code needs a younger one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Calls that came after Chrome 111, Firefox 128 or Safari 16.4, with the last of the three to have them. */
const YOUNGER: readonly (readonly [pattern: RegExp, since: string])[] = [
  [/\bURL\.canParse\b/, 'Chrome 120'],
  [/\bPromise\.(withResolvers|try)\b/, 'Chrome 119'],
  [/\b(Object|Map)\.groupBy\b/, 'Safari 17.4'],
  [/\bArray\.fromAsync\b/, 'Chrome 121'],
  [/\bAbortSignal\.any\b/, 'Chrome 116'],
  [/\bIterator\.(from|prototype)\b/, 'Safari 18.4'],
  [
    /\.(values|keys|entries)\(\)\s*\.(map|filter|some|every|find|reduce|toArray|take|drop|flatMap)\(/,
    'Safari 18.4',
  ],
  [/\.(isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/, 'Chrome 122'],
  [/\bRegExp\.escape\b/, 'Chrome 136'],
  [/\bUint8Array\.from(Base64|Hex)\b/, 'Chrome 140'],
  [/\bFloat16Array\b/, 'Chrome 135'],
];

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(tsx?|mjs|js)$/.test(entry.name) && !/-binary\.ts$/.test(entry.name)) yield path;
  }
}

it('README and the build name the same', () => {
  const { browserslist } = JSON.parse(readFileSync('package.json', 'utf8')) as { browserslist: string[] };
  expect(browserslist).toEqual(['chrome 111', 'edge 111', 'firefox 128', 'safari 16.4']);
  expect(readFileSync('README.md', 'utf8')).toContain(
    'Built for Chrome and Edge from 111, Firefox from 128, and Safari from 16.4',
  );
});

it('no code of the site calls what only younger ones have', () => {
  const found: string[] = [];
  for (const folder of ['app', 'components', 'lib'])
    for (const path of sources(folder)) {
      // What builds and serves the site runs in Node.
      if (path.startsWith(join('lib', 'commands'))) continue;
      const text = readFileSync(path, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
      for (const [pattern, since] of YOUNGER)
        if (pattern.test(text)) found.push(`${path}: ${pattern} (${since})`);
    }
  expect(found).toEqual([]);
});
