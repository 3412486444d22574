/** Where a Chromium to test with is, if Playwright's own is not installed. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The executable to launch: `CHROMIUM_PATH`, else Playwright's own download, else the system's.
 * `undefined` means Playwright's own.
 */
export function chromiumExecutable(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  if (existsSync(chromium.executablePath())) return undefined;
  return USUAL_PLACES.find((path) => existsSync(path));
}

/** True if there is any Chromium at all. */
export function hasChromium(): boolean {
  return existsSync(chromiumExecutable() ?? chromium.executablePath());
}
