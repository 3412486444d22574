/** Words are found however their readers spell them, and each has its letter. */
import { expect, test } from 'vitest';
import { termUses } from '@/components/site/term-uses';
import { GLOSSARY } from '@/lib/notebook/glossary';
import { findTerms, letterOf } from '@/lib/notebook/glossary-search';

const ENTRIES = [
  { name: 'Memorisation', text: 'What a model keeps of single examples.' },
  { name: 'Neighbouring data sets', text: 'They differ in one person. To analyse, to colour, to size.' },
  { name: 'ε', text: 'The privacy budget.' },
];
const found = (wanted: string) => findTerms(ENTRIES, wanted).map(({ name }) => name);

test.each([
  ['memorization', 'Memorisation'],
  ['memoriz', 'Memorisation'],
  ['Memoris', 'Memorisation'],
  ['neighboring', 'Neighbouring data sets'],
  ['neighbouring', 'Neighbouring data sets'],
  ['analyze', 'Neighbouring data sets'],
  ['color', 'Neighbouring data sets'],
  ['size', 'Neighbouring data sets'],
  ['epsilon', 'ε'],
])('“%s” finds %s', (wanted, name) => {
  expect(found(wanted)).toEqual([name]);
});

test('what is no other spelling is not found', () => {
  expect(found('zebra')).toEqual([]);
  expect(found('four')).toEqual([]);
});

test('each word has a letter to be found by', () => {
  expect(letterOf({ name: 'ε' })).toBe('E');
  for (const entry of Object.values(GLOSSARY)) expect(letterOf(entry)).toMatch(/^[A-Z0-9]$/);
});

test('lessons that use a word are found in their text, and every word so used is in the glossary', () => {
  const uses = termUses();
  expect(uses['local-dp']?.map(({ slug }) => slug)).toContain('telemetry');
  for (const id of Object.keys(uses)) expect(GLOSSARY).toHaveProperty(id);
});
