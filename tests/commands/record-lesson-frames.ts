/**
 * Keeps a frame of each lesson: its cell is started as a visitor would, and the figure that it then shows is kept as a small picture,
 * light and dark, in public/frames, and under the lesson's title in public/cards, for links to it elsewhere. Which cell, and when, is
 * written to components/site/lesson-frames.json.
 * `npm run record-lesson-frames [lesson …]`, after a build; with SITE=address, from a site that runs already. Without a GPU, so that it
 * can be repeated anywhere.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright';
import { findCell, findLesson, LESSONS } from '@/components/lessons/cells';
import { CARD_SIZE, FRAME_SIZE, type LessonFrame } from '@/components/site/lesson-frames';
import { CHROMIUM_FLAGS, QUIET_FLAGS } from '@/tests/harness/chromium';
import { chromiumExecutable } from '@/tests/harness/find-chromium';
import { ROOT } from '@/tests/harness/root';
import { withServedSite } from '@/tests/harness/served-site';

const PORT = Number(process.env.TEST_PORT ?? 4194);
const FILE = join(ROOT, 'components/site/lesson-frames.json');
const FOLDER = join(ROOT, 'public/frames');
const CARDS = join(ROOT, 'public/cards');
const QUALITY = { frame: 0.72, card: 0.85 };
/** Of a card: around it, and above the figure for the title. */
const MARGIN = 48;
const HEAD = 130;
/** Milliseconds that a cell may take. */
const WITHIN = Number(process.env.WITHIN ?? 180_000);
/** Of the window: a figure at this width can be read when it is as small as a card. */
const WINDOW = { width: 460, height: 1200 };

interface Shot {
  cell: string;
  /** Settings, as a link has them. */
  hash?: string;
  /** Runs it first: it does not by itself. */
  run?: boolean;
  /** What of the cell is kept; the first that is there. */
  of: string;
  /** Fills the frame, cut at its edges; else all of it is in the frame. */
  fills?: boolean;
}

/** The drawing of a chart, without its legend and its words. */
const PLOT = '.chart [role=img] svg';

/** What each lesson is known by. */
const SHOTS: Readonly<Record<string, Shot>> = {
  'what-dp-promises': { cell: 'guess', of: '[role=img] svg' },
  'noise-on-pixels': { cell: 'detect', of: '.cell-stage canvas', fills: true },
  'training-with-dp-sgd': { cell: 'train', of: PLOT },
  'a-privately-trained-detector': { cell: 'train-detector', of: 'canvas' },
  attacks: { cell: 'reconstruct', run: true, of: 'ul:has(canvas)' },
  healthcare: { cell: 'classify', of: PLOT },
  telemetry: { cell: 'population', of: PLOT },
  'federated-learning': { cell: 'peek', of: 'ul:has(canvas)' },
  // Its legend is drawn, too, and comes first.
  'a-budget-across-runs': { cell: 'compose', of: '.chart [role=img] .recharts-wrapper > svg' },
  'which-protection': { cell: 'deployments', hash: '#v=1&dfind=census', of: '[data-scrolls]', fills: true },
};

/** Until the cell rests, with a figure on it. */
async function started(page: Page, address: string, { cell, run, of }: Shot): Promise<Locator> {
  await page.goto(address);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const frame = page.locator(`[data-cell="${cell}"]`);
  await frame.waitFor({ timeout: WITHIN });
  // A cell that follows its sliders is under way; one that waits is told, where it has nothing of its own to show.
  await page.waitForTimeout(3000);
  if (run) await frame.locator('[data-command="run"]').first().click();
  await page.waitForFunction(
    (name) =>
      !/preparing|running/.test(
        document.querySelector(`[data-cell="${name}"]`)?.getAttribute('data-state') ?? 'running',
      ),
    cell,
    { timeout: WITHIN },
  );
  const figure = frame.locator(of).filter({ visible: true }).first();
  await figure.waitFor({ timeout: WITHIN });
  // No tip under the pointer that pressed Start; what falls or fades has come to rest.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(1000);
  return figure;
}

interface Drawing {
  size: { width: number; height: number };
  /** What is left free around the figure, and above it. */
  margin: number;
  head: number;
  /** Written above it. */
  title: string;
  fills: boolean;
  type: 'image/webp' | 'image/jpeg';
  quality: number;
}

/** The figure on the ground of its page, as a file. @param png of the figure */
async function drawn(page: Page, png: string, drawing: Drawing): Promise<Buffer> {
  const url = await page.evaluate(
    async ({ png, size: { width, height }, margin, head, title, fills, type, quality }) => {
      const picture = new Image();
      picture.src = `data:image/png;base64,${png}`;
      await picture.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [width, height];
      const context = canvas.getContext('2d')!;
      // No function of its own in here: the compiler of this file would put a name around it that the page does not know.
      const colours = getComputedStyle(document.documentElement);
      context.fillStyle = colours.getPropertyValue('--surface');
      context.fillRect(0, 0, width, height);
      const room = { width: width - 2 * margin, height: height - head - margin };
      const ratios = [room.width / picture.width, room.height / picture.height] as const;
      const scale = fills ? Math.max(...ratios) : Math.min(...ratios);
      const [w, h] = [picture.width * scale, picture.height * scale];
      context.imageSmoothingQuality = 'high';
      context.save();
      context.beginPath();
      context.rect(margin, head, room.width, room.height);
      context.clip();
      context.drawImage(picture, (width - w) / 2, fills ? head : head + (room.height - h) / 2, w, h);
      context.restore();
      if (title !== '') {
        context.textBaseline = 'top';
        context.fillStyle = colours.getPropertyValue('--text');
        context.font = `600 44px ${getComputedStyle(document.body).fontFamily}`;
        context.fillText(title, margin, 28, room.width);
        context.fillStyle = colours.getPropertyValue('--secondary');
        context.font = `26px ${getComputedStyle(document.body).fontFamily}`;
        context.fillText('Epsilon Playground', margin, 82, room.width);
      }
      return canvas.toDataURL(type, quality);
    },
    { png, ...drawing },
  );
  return Buffer.from(url.split(',')[1]!, 'base64');
}

async function record(browser: Browser, base: string, lesson: string): Promise<LessonFrame> {
  const shot = SHOTS[lesson]!;
  let bytes = 0;
  for (const theme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      ...{ viewport: WINDOW, deviceScaleFactor: 3, serviceWorkers: 'block', reducedMotion: 'reduce' },
    });
    try {
      page.setDefaultTimeout(WITHIN);
      const figure = await started(
        page,
        `${base}embed/${lesson}/${shot.cell}/?theme=${theme}${shot.hash ?? ''}`,
        shot,
      );
      const png = (await figure.screenshot({ animations: 'disabled' })).toString('base64');
      const fills = shot.fills === true;
      const file = await drawn(page, png, {
        ...{ size: FRAME_SIZE, margin: 0, head: 0, title: '', fills },
        ...{ type: 'image/webp', quality: QUALITY.frame },
      });
      writeFileSync(join(FOLDER, `${lesson}-${theme}.webp`), file);
      bytes += file.length;
      if (theme === 'dark') continue;
      const card = await drawn(page, png, {
        ...{ size: CARD_SIZE, margin: MARGIN, head: HEAD, title: findLesson(lesson).title, fills },
        ...{ type: 'image/jpeg', quality: QUALITY.card },
      });
      writeFileSync(join(CARDS, `${lesson}.jpg`), card);
    } finally {
      await page.close();
    }
  }
  const { title } = findCell(lesson, shot.cell)!;
  console.log(`${lesson}: ${title}, ${bytes} bytes`);
  return { cell: shot.cell, date: new Date().toISOString().slice(0, 10), card: true };
}

const wanted = process.argv.slice(2);
const frames = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, LessonFrame>;
for (const folder of [FOLDER, CARDS]) mkdirSync(folder, { recursive: true });

async function recordAll(browser: Browser, base: string): Promise<void> {
  for (const { slug } of LESSONS) {
    if (wanted.length > 0 && !wanted.includes(slug)) continue;
    try {
      frames[slug] = await record(browser, base, slug);
    } catch (error) {
      console.log(`${slug}: left as it was: ${String(error).split('\n')[0]}`);
    }
    const inOrder = LESSONS.flatMap(({ slug: one }) => (frames[one] ? [[one, frames[one]]] : []));
    writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(inOrder), null, 2)}\n`);
  }
}

const FLAGS = [...QUIET_FLAGS, ...CHROMIUM_FLAGS['no-gpu']];
if (process.env.SITE) {
  const executablePath = chromiumExecutable();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: FLAGS });
  try {
    await recordAll(browser, process.env.SITE);
  } finally {
    await browser.close();
  }
} else await withServedSite(PORT, FLAGS, recordAll);
