/**
 * oEmbed (https://oembed.com): whoever pastes a link to a cell, or to a lesson, gets a cell. One static answer a cell; only in a build
 * that knows where the site will stand, since an answer is read elsewhere.
 */
import { type Card, siteAddress } from './site-address';

export const EMBED_WIDTH = 960;
export const EMBED_HEIGHT = 640;

/** Where a cell's answer is, whole; null where the build does not know. */
export const oembedPath = (lesson: string, cell: string) =>
  siteAddress(`/embed/${lesson}/${cell}/oembed.json`);

/** The link by which others find it, for the head of a page. */
export function oembedDiscovery(lesson: string, cell: string) {
  const address = oembedPath(lesson, cell);
  return address === null ? {} : { alternates: { types: { 'application/json+oembed': address } } };
}

const attribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

export interface FrameOptions {
  /** Address of the frame, with query and hash. */
  src: string;
  title: string;
  height: number;
}

/**
 * The `<iframe>` that shows a cell. Without `sandbox`: a frame that may not start workers cannot compute. Its size is said twice: sites that
 * clean what is pasted (WordPress, Moodle) take the style away and keep the attributes.
 */
export function frameHtml({ src, title, height }: FrameOptions): string {
  return (
    `<iframe src="${attribute(src)}" title="${attribute(title)}" width="100%" height="${height}" loading="lazy" ` +
    'allow="camera; fullscreen; clipboard-write; cross-origin-isolated" ' +
    `style="width: 100%; height: ${height}px; border: 0"></iframe>`
  );
}

/** @param card that is shown until somebody looks */
export function oembed(
  lesson: string,
  cell: string,
  title: string,
  card: Card,
): Record<string, string | number> {
  const src = siteAddress(`/embed/${lesson}/${cell}/`) ?? '';
  return {
    version: '1.0',
    type: 'rich',
    provider_name: 'Epsilon Playground',
    provider_url: siteAddress('/') ?? '',
    title,
    width: EMBED_WIDTH,
    height: EMBED_HEIGHT,
    html: frameHtml({ src, title, height: EMBED_HEIGHT }),
    thumbnail_url: siteAddress(card.path) ?? '',
    thumbnail_width: card.width,
    thumbnail_height: card.height,
  };
}
