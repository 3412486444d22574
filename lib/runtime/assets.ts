/** Addresses of our own files, whatever sub-path the site is served from. */
let base: string =
  // A package for a course page stands where nobody knew when the site was built; it says so before the page's own scripts.
  (globalThis as { EPSILON_BASE_PATH?: string }).EPSILON_BASE_PATH ?? process.env.NEXT_PUBLIC_BASE_PATH ?? '';

/** In a worker the base path comes with the first message. */
export function setBasePath(path: string): void {
  base = path;
}

export function basePath(): string {
  return base;
}

/** @param path from the root of the site, with or without a leading slash: `data/mnist/manifest.json` */
export function assetUrl(path: string): string {
  return new URL(`${base}/${path.replace(/^\//, '')}`, globalThis.location?.href ?? 'http://localhost/').href;
}
