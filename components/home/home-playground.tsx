'use client';

import type { ReactNode } from 'react';
import { ClampNotes } from '@/components/notebook/clamp-notes';
import { LiveRegion } from '@/components/notebook/live-region';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { PageTools } from './page-tools';
import { Playground } from './playground';
import { PLAYGROUND, PLAYGROUND_TITLES } from './playground-entry';

/**
 * The first screen of the home page. Its settings are in the address; the article is what is presented.
 * @param still of the right half, drawn with the page
 */
export function HomePlayground({ still }: { still: ReactNode }) {
  return (
    <NotebookProvider slug={PLAYGROUND.lesson} titles={PLAYGROUND_TITLES}>
      <div className="my-2 flex flex-wrap sm:my-3 items-center gap-x-4 gap-y-1">
        <h1 className="text-[1.44rem] leading-tight font-bold tracking-[-0.02em] text-balance sm:text-[1.63rem]">
          What does a privacy guarantee feel like?
        </h1>
        <p className="hidden text-secondary sm:block">Move a slider: real networks answer, here.</p>
        <PageTools />
      </div>
      <ClampNotes />
      <article className="prose-lesson">
        <Playground doors still={still} />
      </article>
      <LiveRegion />
    </NotebookProvider>
  );
}
