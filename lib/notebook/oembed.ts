/** oEmbed (https://oembed.com): whoever pastes a link to a cell gets the cell. One static answer a cell. */

const BASE = process.env.NEXT_PUBLIC_BASE_PATH ?? '';
/** Where the site will stand, e.g. `https://privacy.example.org`. Without it addresses are relative to the host. */
const SITE = (process.env.SITE_URL ?? '').replace(/\/$/, '');

export const EMBED_WIDTH = 960;
export const EMBED_HEIGHT = 640;

export const oembedPath = (lesson: string, cell: string) =>
  `${SITE}${BASE}/embed/${lesson}/${cell}/oembed.json`;

const attribute = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

export interface FrameOptions {
  /** Address of the frame, with query and hash. */
  src: string;
  title: string;
  height: number;
}

/** The `<iframe>` that shows a cell. Without `sandbox`: a frame that may not start workers cannot compute. */
export function frameHtml({ src, title, height }: FrameOptions): string {
  return (
    `<iframe src="${attribute(src)}" title="${attribute(title)}" loading="lazy" ` +
    'allow="camera; fullscreen; clipboard-write; cross-origin-isolated" ' +
    `style="width: 100%; height: ${height}px; border: 0"></iframe>`
  );
}

export function oembed(lesson: string, cell: string, title: string): Record<string, string | number> {
  const src = `${SITE}${BASE}/embed/${lesson}/${cell}/`;
  return {
    version: '1.0',
    type: 'rich',
    provider_name: 'Epsilon Playground',
    provider_url: `${SITE}${BASE}/`,
    title,
    width: EMBED_WIDTH,
    height: EMBED_HEIGHT,
    html: frameHtml({ src, title, height: EMBED_HEIGHT }),
  };
}
