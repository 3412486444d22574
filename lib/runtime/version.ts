/**
 * The version of the site, written into every run record. Set by the build; commands have it from npm. Not imported from package.json, which
 * every page would then bring along whole.
 */
export const SITE_VERSION: string =
  process.env.NEXT_PUBLIC_SITE_VERSION ?? process.env.npm_package_version ?? 'unknown';
