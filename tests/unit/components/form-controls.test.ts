/** WebKit paints radios and lists of its own in the dark whatever stands around them: ours are drawn by the style sheet. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ROOT } from '@/tests/harness/root';

const css = readFileSync(`${ROOT}/app/globals.css`, 'utf8');
const ruleOf = (selector: string) => css.slice(css.indexOf(`${selector} {`)).split('}')[0] ?? '';

test.each(['input[type="radio"]', 'select:not([multiple])'])(
  '%s has no look of the browser’s own',
  (selector) => {
    expect(ruleOf(selector)).toContain('appearance: none');
  },
);

test('a chosen radio is told by its border, so on paper too', () => {
  expect(ruleOf('input[type="radio"]:checked')).toMatch(/border: 5px solid var\(--accent\)/);
  expect(ruleOf('input[type="radio"]')).toMatch(/border: 1px solid var\(--line-strong\)/);
});

test('where the reader’s system chooses the colours, it draws them', () => {
  const forced = css.slice(css.indexOf('@media (forced-colors: active) {\n  input[type="radio"]'));
  expect(forced).toMatch(/^@media[^}]*select:not\(\[multiple\]\) \{\s*appearance: auto/);
});
