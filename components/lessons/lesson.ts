/** What each room says of itself, once: the list of lessons, the lab, embeds, presentations, posters and the cells' own frames read it. */
import type { ComponentType } from 'react';
import type { Findings } from '@/lib/notebook/own/findings';

export interface LessonCell {
  /** Unique on the whole site, and the `id` of the cell's element. */
  id: string;
  title: string;
  /** One sentence: what one does with it. */
  summary: string;
  /** Brings the cell, only where it is shown. */
  load(): Promise<ComponentType>;
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

/** What the head of a lesson's page says. */
export const lessonMetadata = ({ title, summary }: Lesson) => ({ title, description: summary });
