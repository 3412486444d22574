import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { EmptyStage, UNTIL_PRESSED } from '@/components/notebook/empty-stage';

const drawn = (press?: string) =>
  renderToStaticMarkup(
    createElement(EmptyStage, press ? { press, children: 'a few seconds.' } : { children: 'Counting …' }),
  );

test('what to press is said until it is pressed; what goes on is said while it does', () => {
  // React writes the ampersand of the selector as an entity of HTML; the class is the same.
  const until = UNTIL_PRESSED.replaceAll('&', '&amp;');
  expect(drawn('Run')).toContain(until);
  expect(drawn('Run')).toContain('Press <strong');
  expect(drawn()).not.toContain(until);
  for (const state of ['preparing', 'running'])
    expect(UNTIL_PRESSED).toContain(`[[data-state=${state}]_&]:hidden`);
});
