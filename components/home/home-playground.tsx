'use client';

import { ClampNotes } from '@/components/notebook/clamp-notes';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { Playground } from './playground';
import { PLAYGROUND } from './playground-entry';

const TITLES = { [PLAYGROUND.id]: PLAYGROUND.title };

/** The home page's first screen: its settings are in the address. */
export function HomePlayground() {
  return (
    <NotebookProvider slug={PLAYGROUND.lesson} titles={TITLES}>
      <div className="my-4 flex flex-wrap items-baseline gap-x-4">
        <h1 className="text-[1.5rem] leading-tight font-bold tracking-[-0.02em] text-balance sm:text-[1.75rem]">
          What does a privacy guarantee feel like?
        </h1>
        <p className="text-secondary">Two sliders. Real networks, in your browser.</p>
      </div>
      <ClampNotes />
      <Playground />
    </NotebookProvider>
  );
}
