/** Entries of cells' menus that hand the settings to other tools, as they stand in the menu: there where there is a notebook, and with a reason where there is none. */
import { type ComponentProps, createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import type { TrainDetectorParams } from '@/components/lessons/a-privately-trained-detector/experiments/train-detector';
import { YoloHeadItem } from '@/components/lessons/a-privately-trained-detector/train-detector/yolo-head-item';
import type { FederatedParams } from '@/components/lessons/federated-learning/experiments/rounds';
import { FlowerItem } from '@/components/lessons/federated-learning/rounds/flower-item';
import { NotebookProvider } from '@/components/notebook/notebook-provider';

type Props = ComponentProps<typeof NotebookProvider>;
const PAGE = { slug: 'what-dp-promises', titles: {}, keepsProgress: false } as Props;
const drawn = (item: ReactElement) => renderToStaticMarkup(createElement(NotebookProvider, PAGE, item));

describe('the entry', () => {
  test('of Flower is there, but for noise that each client sets by an ε', () => {
    const entry = (noisePlace: 'central' | 'local') =>
      drawn(createElement(FlowerItem, { params: { noisePlace } as unknown as FederatedParams }));
    expect(entry('central')).toContain('Flower app (.ipynb) of these settings');
    expect(entry('central')).not.toContain('disabled=""');
    expect(entry('local')).toContain('No Flower app of these settings: Flower’s clients');
    expect(entry('local')).toContain('disabled=""');
  });

  test('of the YOLO head is there, but for pictures of one’s own', () => {
    const entry = (scenes: unknown) =>
      drawn(createElement(YoloHeadItem, { params: { scenes } as unknown as TrainDetectorParams }));
    expect(entry(null)).toContain('YOLO-head notebook (.ipynb) of these settings');
    expect(entry(null)).not.toContain('disabled=""');
    expect(entry({})).toContain('your own pictures stay here');
    expect(entry({})).toContain('disabled=""');
  });
});
