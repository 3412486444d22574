/**
 * Where the site will stand, as the build is told: `SITE_URL=https://your.site npm run build`. Pages do not need it, they work anywhere;
 * what others read of them does: cards, oEmbed answers and the sitemap name whole addresses, or say nothing.
 */

const BASE = process.env.NEXT_PUBLIC_BASE_PATH ?? process.env.BASE_PATH ?? '';

/**
 * @param text `https://your.site`, without the sub-path, which `BASE_PATH` names; nothing where it is not known yet
 * @throws Error in words, for the person who builds
 */
export function readSiteUrl(text: string | undefined): string | null {
  if (text === undefined || text.trim() === '') return null;
  const url = parsed(text);
  const isHost = url !== null && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (!isHost)
    throw new Error(
      `SITE_URL=${text} is not the address of a host. Give it as https://your.site, and a sub-path as BASE_PATH=/path.`,
    );
  return url.origin;
}

/** `URL.canParse` is younger than the oldest browsers that the site is built for. */
function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** @param path from the root of the site, with its slash @returns the whole address, or null where it is not known */
export function siteAddress(path: string): string | null {
  const site = readSiteUrl(process.env.SITE_URL);
  return site === null ? null : `${site}${BASE}${path}`;
}

/** A picture that links show elsewhere. */
export interface Card {
  /** From the root of the site. */
  path: string;
  /** Pixels. */
  width: number;
  height: number;
  /** What is on it. */
  alt: string;
}

/** Of the whole site: a lesson with its first cell. */
export const SITE_CARD: Card = {
  path: '/about/lesson.png',
  width: 1100,
  height: 800,
  alt: 'The noise slider, a detector and its boxes',
};

/** As Open Graph and Twitter have it; null where the build does not know its address. */
export function cardImage({ path, width, height, alt }: Card) {
  const url = siteAddress(path);
  return url === null ? null : { url, width, height, alt };
}
