/** How whoever embeds a cell wants it shown: the query of its address. The hash holds the experiment itself. */

export type RunPolicy = 'auto' | 'click' | 'never';

export interface EmbedQuery {
  run: RunPolicy;
  /** Link keys of settings to hide, and the names of parts: `settings`, `menu`, `provenance`, `title`. */
  hide: readonly string[];
}

const POLICIES: readonly string[] = ['auto', 'click', 'never'];
const MOST_HIDDEN = 50;

/** Never throws; what it does not know is passed over. */
export function readEmbedQuery(search: string): EmbedQuery {
  const query = new URLSearchParams(search);
  const run = query.get('run') ?? 'click';
  return {
    run: POLICIES.includes(run) ? (run as RunPolicy) : 'click',
    hide: (query.get('hide') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => /^[a-zA-Z][\w-]*$/.test(name))
      .slice(0, MOST_HIDDEN),
  };
}
