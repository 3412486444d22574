/** What each room says of itself, once: the list of lessons, the lab, embeds, presentations, posters and the cells' own frames read it. */
import type { Metadata } from 'next';
import type { ComponentType } from 'react';
import type { Table } from '@/components/charts/table';
import { cardOf } from '@/components/site/lesson-frames';
import { oembedDiscovery } from '@/lib/notebook/oembed';
import type { Findings } from '@/lib/notebook/own/findings';
import { cardImage, siteAddress } from '@/lib/notebook/site-address';

/** What stands in the place of a cell until it is started, and where it cannot start at all: without a script, or without a worker. */
export interface Poster {
  /** Where the table comes from. */
  source: string;
  table: Table;
}

export interface LessonCell {
  /** Unique on the whole site, and the `id` of the cell's element. */
  id: string;
  title: string;
  /** One sentence: what one does with it. */
  summary: string;
  /** Brings the cell, only where it is shown. */
  load(): Promise<ComponentType>;
  /** Where a table of its own says more than one recorded run. Put together with the pages: in a browser there is none. */
  poster?(): Promise<Poster>;
  /** What a finished run found, in words. */
  findings: Findings;
}

export interface Lesson {
  /** The name of everything: address, words at `app/lessons/<slug>/page.mdx`, room, tests, golden links. */
  slug: string;
  title: string;
  /** One sentence: what the learner does and finds out. */
  summary: string;
  minutes: number;
  /** Which hardware, in words. */
  needs: string;
  /** Model, data and pictures, on the first visit. */
  downloadMegabytes: number;
  /** In reading order. */
  cells: readonly LessonCell[];
}

/** What the head of a lesson's page says; where the build knows the site's address also what a link to it shows elsewhere. */
export function lessonMetadata({ slug, title, summary, cells }: Lesson): Metadata {
  const picture = cardImage(cardOf(slug, cells));
  const url = siteAddress(`/lessons/${slug}/`);
  const [first] = cells;
  const words = { title, description: summary };
  if (picture === null || url === null) return words;
  const images = [picture];
  return {
    ...words,
    ...(first ? oembedDiscovery(slug, first.id) : {}),
    openGraph: { ...words, type: 'article', siteName: 'Epsilon Playground', url, images },
    twitter: { ...words, card: 'summary_large_image', images },
  };
}
