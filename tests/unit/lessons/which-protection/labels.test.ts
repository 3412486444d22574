/** The label of somebody else’s ε says what was published, and that the rest is not known. */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { beforeEach, expect, test, vi } from 'vitest';
import { CELL_TITLES } from '@/components/lessons/cells';
import { Detail } from '@/components/lessons/which-protection/deployments/detail';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { DEPLOYMENTS, findDeployment } from '@/lib/claims';
import { privacyLabel, type Release } from '@/lib/runs/label';

const shown = vi.hoisted(() => ({ release: null as unknown }));
vi.mock('@/components/label/turned', () => ({
  Turned({ release }: { release: unknown }) {
    shown.release = release;
    return null;
  },
}));
beforeEach(() => {
  shown.release = null;
});

function labelOf(id: string) {
  const children = createElement(Detail, {
    deployment: findDeployment(id)!,
    figures: { epsilon: 2, delta: 1e-5, converted: false, caught: 1, rightGuesses: 1 } as never,
  });
  renderToString(
    createElement(NotebookProvider, { slug: 'which-protection', titles: CELL_TITLES, children }),
  );
  return privacyLabel(shown.release as Release);
}

test.each(DEPLOYMENTS.map(({ id }) => id))('%s has one in whole sentences', (id) => {
  const { model, unit } = findDeployment(id)!;
  const label = labelOf(id);
  expect(label.trust.model).toBe(model);
  // One word, which the sentences take.
  expect(label.protects.unit).toMatch(/^[a-z]+$/);
  expect(label.protects.words).toContain(`one ${label.protects.unit} `);
  expect(label.data.title).toContain(unit);
  expect(label.accountant).toMatch(/^Not known/);
  expect(label.sampling).toMatch(/^Not known/);
});

test('a changed record, a device that adds the noise and a federation are told apart', () => {
  expect(labelOf('census-dhc').protects).toMatchObject({ relation: 'replace-one' });
  expect(labelOf('census-dhc').trust.noiseBy).toMatch(/^Not known/);
  expect(labelOf('apple-emoji').trust.noiseBy).toContain('own device');
  expect(labelOf('google-gboard-spanish')).toMatchObject({
    protects: { relation: 'add-or-remove-one' },
    trust: { model: 'federated' },
  });
});
