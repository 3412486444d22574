/**
 * A cell in the frames that other programs make of what an author pastes: the same attributes, in a page of another site. What each does
 * with a pasted frame is said beside it; the programs themselves are not here.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';

const SECRET = 'Ab3dE6gH1j';

/** @param cell address of the embed */
const FRAMES: Readonly<Record<string, (cell: string) => string>> = {
  // Atto and TinyMCE, then HTML Purifier: style and loading are gone.
  Moodle: (cell) =>
    `<div class="no-overflow"><iframe src="${cell}" title="A cell" width="100%" height="640" allowfullscreen="" allow="camera; fullscreen"></iframe></div>`,
  // What oEmbed found by discovery: five attributes stay, a sandbox and a secret are added, and it waits, hidden, to be told its height.
  WordPress: (cell) =>
    `<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" title="A cell" width="100%" height="640" src="${cell}#?secret=${SECRET}" data-secret="${SECRET}"></iframe>`,
  // Any address, put into a box of its own.
  Notion: (cell) =>
    `<div style="position: relative; height: 420px"><iframe src="${cell}" sandbox="allow-scripts allow-popups allow-top-navigation-by-user-activation allow-forms allow-same-origin" allowfullscreen style="position: absolute; inset: 0; width: 100%; height: 100%; border: 0; pointer-events: auto"></iframe></div>`,
  // MyST’s iframe directive.
  'Jupyter Book': (cell) =>
    `<figure><div style="position: relative; padding-bottom: 60%"><iframe width="100%" height="100%" src="${cell}" allowfullscreen allow="autoplay" style="position: absolute; inset: 0; border: 0"></iframe></div></figure>`,
  // The video shortcode, which takes any address.
  Quarto: (cell) =>
    `<div class="quarto-video ratio ratio-16x9" style="aspect-ratio: 16 / 9"><iframe data-external="1" src="${cell}" title="" frameborder="0" allow="accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; picture-in-picture" allowfullscreen style="width: 100%; height: 100%"></iframe></div>`,
};

let server: Server;
let host = '';
test.beforeAll(async ({ baseURL }) => {
  server = createServer((request, response) => {
    const frame = FRAMES[new URL(request.url!, 'http://host').searchParams.get('page') ?? ''];
    response.setHeader('Content-Type', 'text/html');
    response.end(
      `<!doctype html><title>A page</title><body>${frame?.(`${baseURL}embed/a-budget-across-runs/compose/`) ?? ''}` +
        "<script>window.heard = []; addEventListener('message', ({ data }) => heard.push(data));</script></body>",
    );
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  host = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => server.close());

test('a cell answers in each of them', { tag: '@once' }, async ({ page }) => {
  for (const name of Object.keys(FRAMES)) {
    await page.goto(`${host}?${new URLSearchParams({ page: name })}`);
    const frame = page.frameLocator('iframe');
    await frame.getByRole('button', { name: 'Start' }).click();
    await expect(frame.locator('[data-cell="compose"]'), name).toHaveAttribute('data-state', 'done');
    if (name !== 'WordPress') continue;
    const heights = await page.evaluate(() =>
      (window as unknown as { heard: { message?: string; secret?: string; value?: number }[] }).heard.filter(
        ({ message }) => message === 'height',
      ),
    );
    expect(heights.at(-1)).toMatchObject({ secret: SECRET });
    expect(heights.at(-1)!.value).toBeGreaterThan(200);
  }
});
