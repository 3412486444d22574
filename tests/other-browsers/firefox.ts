/** Firefox, driven over WebDriver BiDi by puppeteer-core. `FIREFOX_PATH` names another than the system's. */
import { existsSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { bodyOf, CALL_WITHIN_MS, type Driver, OPEN_WITHIN_MS, type OtherBrowser, within } from './driver';

const USUAL_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
const executable = () => process.env.FIREFOX_PATH ?? USUAL_PLACES.find((path) => existsSync(path));

async function start(): Promise<Driver> {
  const browser = await within(
    OPEN_WITHIN_MS,
    'starting Firefox',
    puppeteer.launch({ browser: 'firefox', executablePath: executable()!, headless: true }),
  );
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const call = <Answer>(what: string, answer: Promise<Answer>, most = CALL_WITHIN_MS) =>
    within(most, what, answer);
  return {
    name: (await browser.version()).replace(/^firefox\//i, 'Firefox '),
    async open(address) {
      await call(`opening ${address}`, page.goto(address, { timeout: OPEN_WITHIN_MS }), OPEN_WITHIN_MS);
    },
    async reload() {
      await call('loading again', page.reload({ timeout: OPEN_WITHIN_MS }), OPEN_WITHIN_MS);
    },
    ask: <Given extends readonly unknown[], Answer>(what: (...given: Given) => Answer, ...given: Given) =>
      call(
        'asking the page',
        page.evaluate(`(function () { ${bodyOf(what)} }).apply(null, ${JSON.stringify(given)})`),
      ) as Promise<Answer>,
    async close() {
      await within(CALL_WITHIN_MS, 'closing Firefox', browser.close()).catch(() =>
        browser.process()?.kill('SIGKILL'),
      );
    },
  };
}

export const FIREFOX: OtherBrowser = {
  name: 'Firefox',
  missing: () => (executable() ? null : 'firefox-esr (Debian), or FIREFOX_PATH'),
  start,
};
