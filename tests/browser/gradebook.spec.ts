/**
 * Packages for course pages, opened as a course page opens them: SCORM in a frame under a run-time that is not ours (scorm-again), cmi5
 * with the launch of its standard and an LRS that keeps its rules. The browser blocks storage, as it does in frames of other sites.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type FrameLocator, type Page, type Route, test } from '@playwright/test';
import { unzipSync } from 'fflate';
import { contentTypeOf } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';

const COURSE = 'http://course.example';
const LRS = 'http://lrs.example/xapi';

/** The package of the telemetry lesson; one right answer completes and passes it. */
function packed(format: string): Record<string, Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const args = ['telemetry', '--format', format, '--enough', '0.01', '--pass', '0.01', '--out', folder];
  execFileSync('npx', ['tsx', 'lib/commands/scorm.ts', ...args, '--site', `${COURSE}/`], { cwd: ROOT });
  const [zip] = readdirSync(folder);
  const files = unzipSync(readFileSync(join(folder, zip!)));
  rmSync(folder, { recursive: true });
  return files;
}

/** Serves a package under /package/, and around it a page of a course. */
async function course(page: Page, format: string, around: string): Promise<void> {
  const files = packed(format);
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
      });
  });
  await page.route(`${COURSE}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: around });
    const file = files[decodeURIComponent(pathname.replace('/package/', ''))];
    if (!file) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({ contentType: contentTypeOf(pathname), body: Buffer.from(file) });
  });
}

const REASON = /there are fifteen others/;

/** Answers a question of the lesson that is open in the package, rightly. A page that comes alive does not hear the first press. */
async function answer(launcher: FrameLocator | Page): Promise<void> {
  const lesson = launcher.frameLocator('#page');
  const right = lesson.getByLabel('23 %, if all answers were equally likely before.');
  await expect(async () => {
    await right.click({ timeout: 5000 });
    await expect(lesson.getByText(REASON)).toBeVisible({ timeout: 1000 });
  }).toPass();
}

/** What an LRS keeps, and what it refuses: no statement without the token, before `initialized` or after `terminated`. */
class Lrs {
  readonly statements: { verb: string; answer: string | undefined }[] = [];
  readonly refused: string[] = [];
  #states = new Map<string, string>();
  #fetched = new Set<string>();
  #open = false;

  async serve(page: Page): Promise<void> {
    await page.route(`${LRS}/**`, (route) => this.#answer(route));
  }

  get verbs(): string[] {
    return this.statements.map(({ verb }) => verb);
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const url = new URL(request.url());
    const say = (status: number, body = '') =>
      route.fulfill({
        ...{ status, body, contentType: 'application/json' },
        headers: {
          'access-control-allow-origin': '*',
          'access-control-allow-headers': '*',
          'access-control-allow-methods': '*',
        },
      });
    const refuse = (why: string) => {
      this.refused.push(why);
      return say(400, why);
    };
    if (request.method() === 'OPTIONS') return say(204);
    if (url.pathname.endsWith('/fetch')) {
      const launch = url.searchParams.get('launch') ?? '';
      if (this.#fetched.has(launch)) return say(200, '{"error-code":"1","error-text":"asked before"}');
      this.#fetched.add(launch);
      return say(200, `{"auth-token":"${Buffer.from('learner:secret').toString('base64')}"}`);
    }
    if (!request.headers().authorization?.startsWith('Basic ')) return refuse('no token');
    if (url.pathname.endsWith('/activities/state')) {
      const id = url.searchParams.get('stateId') ?? '';
      if (id === 'LMS.LaunchData')
        return say(
          200,
          JSON.stringify({
            launchMode: 'Normal',
            moveOn: 'CompletedOrPassed',
            masteryScore: 0.1,
            contextTemplate: {
              extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/sessionid': 'session-1' },
            },
          }),
        );
      if (request.method() === 'GET') return this.#states.has(id) ? say(200, this.#states.get(id)) : say(404);
      this.#states.set(id, request.postData() ?? '');
      return say(204);
    }
    if (url.pathname.endsWith('/agents/profile')) return say(404);
    if (!url.pathname.endsWith('/statements')) return refuse(`no such resource: ${url.pathname}`);
    const sent = JSON.parse(request.postData() ?? '[]');
    for (const { verb, result } of [sent].flat()) {
      const name = String(verb.id).split('/').at(-1)!;
      if (this.#open === (name === 'initialized')) return refuse(`${name} out of turn`);
      this.#open = name !== 'terminated';
      this.statements.push({ verb: name, answer: result?.response });
    }
    return say(200, JSON.stringify([sent].flat().map(() => crypto.randomUUID())));
  }
}

const launched = (launch: string) =>
  `${COURSE}/package/index.html?${new URLSearchParams({
    ...{
      endpoint: `${LRS}/`,
      fetch: `${LRS}/fetch?launch=${launch}`,
      registration: 'b2b2b2b2-0000-4000-8000-000000000001',
    },
    activityId: `${COURSE}/au/telemetry`,
    actor: JSON.stringify({ objectType: 'Agent', account: { homePage: COURSE, name: 'learner' } }),
  })}`;

test('cmi5: launched, answered, loaded again, finished; and there again when launched anew', {
  tag: '@once',
}, async ({ page }) => {
  const lrs = new Lrs();
  await lrs.serve(page);
  await course(page, 'cmi5', '');
  await page.goto(launched('first'));
  await answer(page);
  await expect.poll(() => lrs.verbs).toEqual(['initialized', 'answered', 'completed', 'passed']);
  // The address that gave the token does not give it twice.
  await page.reload();
  await expect(page.frameLocator('#page').getByText(REASON)).toBeVisible();
  await page.getByRole('button', { name: 'Finish' }).click();
  await expect(page.locator('#status')).toHaveText('Finished. You can close this window.');
  expect(lrs.verbs.at(-1)).toBe('terminated');
  await page.goto(launched('second'));
  await expect(page.frameLocator('#page').getByText(REASON)).toBeVisible();
  expect(lrs.verbs.filter((verb) => verb === 'initialized')).toHaveLength(2);
  expect(lrs.verbs.filter((verb) => verb === 'passed')).toHaveLength(1);
  expect(lrs.statements.find(({ verb }) => verb === 'answered')?.answer).toBe('a');
  expect(lrs.refused).toEqual([]);
});

for (const [format, api, script] of [
  ['1.2', 'API', 'scorm12'],
  ['2004', 'API_1484_11', 'scorm2004'],
] as const)
  test(`SCORM ${format}: in a frame of a course, with storage blocked, and resumed`, {
    tag: '@once',
  }, async ({ page }) => {
    const runtime = readFileSync(join(ROOT, `node_modules/scorm-again/dist/${script}.min.js`), 'utf8');
    const [made, committed] = format === '1.2' ? ['Scorm12API', 'LMSCommit'] : ['Scorm2004API', 'Commit'];
    await course(
      page,
      format,
      `<!doctype html><title>A course</title><script>${runtime.replaceAll('</script', '<\\/script')}</script>
      <script>
        const kept = JSON.parse(window.name || 'null');
        window.${api} = new ${made}({ autocommit: false, logLevel: 5 });
        if (kept) ${api}.loadFromJSON(kept, 'cmi');
        ${api}.on('${committed}', () => { window.name = JSON.stringify(${api}.cmi); });
      </script><iframe src="/package/index.html" width="1200" height="800"></iframe>`,
    );
    const value = (name: string) =>
      page.evaluate(
        ([which, element]) => {
          const runtime = (window as unknown as Record<string, Record<string, (name: string) => string>>)[
            which!
          ]!;
          return (runtime.LMSGetValue ?? runtime.GetValue)!.call(runtime, element!);
        },
        [api, name],
      );
    await page.goto(`${COURSE}/`);
    const launcher = page.frameLocator('iframe');
    await answer(launcher);
    const status = format === '1.2' ? 'cmi.core.lesson_status' : 'cmi.success_status';
    await expect.poll(() => value(status)).toBe('passed');
    expect(await value('cmi.suspend_data')).not.toBe('');
    await page.reload();
    await expect(launcher.frameLocator('#page').getByText(REASON)).toBeVisible();
  });
