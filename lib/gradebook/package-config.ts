/** What a package tells its launcher, and how the launcher and the page that it holds speak to each other. */
import type { Part } from './events';
import type { Format } from './manifest';
import type { Rules } from './tally';

/** The launcher finds it on its window, written there by the package's first page. */
export const CONFIG_NAME = 'EPSILON_PACKAGE';

export interface PackageConfig {
  format: Format;
  title: string;
  parts: readonly Part[];
  rules: Rules;
  /** The page that is shown, beside the launcher. */
  page: string;
  /** What the page opens with, as a link has it; empty for its defaults. */
  hash: string;
}

/** From the page to the launcher around it. */
export const PAGE_SOURCE = 'epsilon-playground-page';
/** A link leads to a page that the package does not hold. */
export type PageMessage = { source: typeof PAGE_SOURCE } & (
  | { type: 'grade'; event: unknown }
  | { type: 'outside'; address: string }
);
