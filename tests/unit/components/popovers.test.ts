/** A closed popover has no place beside its anchor: WebKit 2.50 lays a page out for ever when such a one is hidden with its text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '@/tests/harness/root';

test('only open popovers are placed by position-area', () => {
  const styles = readFileSync(join(ROOT, 'app/globals.css'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const rules = [...styles.matchAll(/([^{}]+)\{([^{}]*)\}/g)];
  const placed = rules.filter(([, , body]) => /position-(area|try)/.test(body!));
  expect(placed.length).toBeGreaterThan(0);
  for (const [, selectors] of placed)
    for (const selector of selectors!.split(',')) expect(selector.trim()).toMatch(/:popover-open$/);
});
