/**
 * Zod makes code of its schemas where it may, and tries whether it may. The site's content policy refuses that, and a browser reports
 * every try. Imported before anything that uses Zod; without importing Zod itself, which most pages do without.
 */
const shared = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
shared.__zod_globalConfig = { ...shared.__zod_globalConfig, jitless: true };

export {};
