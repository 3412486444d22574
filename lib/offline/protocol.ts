/** What a page and the service worker say to each other, and the list that the build makes for both. */
import { NAMES } from '@/lib/kept';

/** `offline.json` at the root of the site. Addresses are relative to it. */
export interface OfflineList {
  /** Changes with every build. */
  version: string;
  /** Needed by every page: kept as soon as the worker is installed. */
  shell: string[];
  /** All code, pages and small models. */
  site: string[];
  /** Bytes of `site`, before compression. */
  siteBytes: number;
  /** Kept only when asked for. */
  data: { id: string; title: string; files: string[]; bytes: number }[];
}

export type ToServiceWorker =
  /** Keep the site: so many files more, or all. */
  | { type: 'keep-site'; most?: number }
  | { type: 'keep-data'; id: string }
  | { type: 'drop-data'; id: string }
  /** The reader agrees to the new version. */
  | { type: 'take-over' };

/** Answers, on the message's own port. */
export type FromServiceWorker =
  | { type: 'progress'; done: number; total: number }
  | { type: 'kept' }
  /** As many as were asked for; there are more. */
  | { type: 'kept-some' }
  | { type: 'failed'; message: string }
  /** The browser has no room left for it. What was there before still is. */
  | { type: 'full' };

/** Where a build's files are kept. Each has a place of its own: pages of one build start no code of another. */
export const SITE_CACHES = NAMES.site;
export const siteCache = (version: string) => `${SITE_CACHES}${version}`;
export const DATA_CACHE = NAMES.data;
