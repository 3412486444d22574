/** What must work in every browser: one check for each power that engines have broken, or could. */
import { packText } from '@/lib/notebook/pack';
import { type Driver, pause, until } from './driver';

/** Where the checks are made. */
export interface Places {
  /** The built site, with a slash at the end. */
  site: string;
  /** A page of another site that holds the cell named in its query: `?cell=embed/…`. */
  foreign: string;
}

export interface Check {
  name: string;
  /** @throws Error that says what was not so */
  run(driver: Driver, places: Places): Promise<void>;
}

/** Of a run, on a machine that does much else. */
const RUN_WITHIN_MS = 120_000;
/** A page that lays itself out for ever is frozen well before. */
const PRESENTING_MS = 3000;

/** Plain functions that run in a page. */
const inPage = {
  stateOf: (cell: string) =>
    document.querySelector(`[data-cell="${cell}"]`)?.getAttribute('data-state') ?? null,
  wordsOf: (cell: string) => (document.querySelector(`[data-cell="${cell}"]`)?.textContent ?? '').slice(-600),
  press: (cell: string) => {
    const frame = document.querySelector(`[data-cell="${cell}"]`);
    const named = [...(frame?.querySelectorAll('button') ?? [])].find(
      (one) => one.textContent?.trim() === 'Run',
    );
    (frame?.querySelector<HTMLElement>('[data-command="run"]') ?? named)?.click();
  },
  count: (selector: string) => document.querySelectorAll(selector).length,
  textOf: (selector: string) => document.querySelector(selector)?.textContent ?? '',
};

/** Presses Run until it is heard: a page that is still coming to life does not hear the first press. */
async function start(driver: Driver, cell: string): Promise<void> {
  await until(RUN_WITHIN_MS, `${cell} begins`, async () => {
    const state = await driver.ask(inPage.stateOf, cell);
    if (state !== null && state !== 'idle') return true;
    await driver.ask(inPage.press, cell);
    return false;
  });
}

/** Until the cell's run is over. */
async function finishes(driver: Driver, cell: string): Promise<void> {
  await until(
    RUN_WITHIN_MS,
    `${cell} is done`,
    async () => (await driver.ask(inPage.stateOf, cell)) === 'done',
    async () => [await driver.ask(inPage.stateOf, cell), await driver.ask(inPage.wordsOf, cell)],
  );
}

export const CHECKS: readonly Check[] = [
  {
    name: 'a detector finds the faces of a picture under noise of 0.1',
    async run(driver, { site }) {
      await driver.open(`${site}lessons/noise-on-pixels/#v=1&noise=0.1`);
      const rows = '[data-cell="detect"] [data-detection-table] tbody tr';
      await finishes(driver, 'detect');
      await until(
        RUN_WITHIN_MS,
        'four faces in the table',
        async () => (await driver.ask(inPage.count, rows)) === 4,
        () => driver.ask(inPage.count, rows),
      );
    },
  },
  {
    name: 'a private training of 20 steps runs to its end and says its accuracy',
    async run(driver, { site }) {
      await driver.open(`${site}lessons/training-with-dp-sgd/#v=1&eps=8&steps=20`);
      await start(driver, 'train');
      await finishes(driver, 'train');
      const said = await driver.ask(inPage.textOf, '[data-cell="train"] dd[data-figure="Private"]');
      // Ten classes: what has learned nothing gets one in ten right.
      if (!(Number.parseFloat(said) > 50)) throw new Error(`the private model's accuracy reads “${said}”`);
    },
  },
  {
    name: 'a code cell prints 42',
    async run(driver, { site }) {
      const code = packText('console.log(6 * 7);');
      await driver.open(`${site}lessons/a-budget-across-runs/#v=1&code=${code}`);
      await start(driver, 'code');
      await finishes(driver, 'code');
      // What was printed is drawn with the next frame, which may come after the end.
      const said = () => driver.ask(inPage.textOf, '[data-cell="code"] [role="log"]');
      await until(RUN_WITHIN_MS, 'the code prints 42', async () => (await said()).includes('42'), said);
    },
  },
  {
    name: 'a lesson that presents answers after three seconds, and goes on',
    async run(driver, { site }) {
      await driver.open(`${site}lessons/noise-on-pixels/?present=1`);
      await pause(PRESENTING_MS);
      const place = () => driver.ask(inPage.textOf, 'nav[aria-label="Presentation"] [role="status"]');
      await until(RUN_WITHIN_MS, 'the first cell is shown', async () => /^1 of/.test(await place()), place);
      await driver.ask(() =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true })),
      );
      await until(RUN_WITHIN_MS, 'the second follows', async () => /^2 of/.test(await place()), place);
    },
  },
  {
    name: 'what an answer cost is still in the ledger after a reload',
    async run(driver, { site }) {
      await driver.open(`${site}lessons/a-budget-across-runs/`);
      await start(driver, 'ask');
      await finishes(driver, 'ask');
      await driver.open(`${site}ledger/`);
      await driver.reload();
      const charges = () => driver.ask(inPage.textOf, '[data-account="Register of people"]');
      await until(
        RUN_WITHIN_MS,
        'one charge to the register',
        async () => (await charges()).includes('1 charge'),
        charges,
      );
    },
  },
  {
    name: 'a cell in a page of another site runs when that page asks for it',
    async run(driver, { foreign }) {
      await driver.open(`${foreign}?cell=embed/a-budget-across-runs/compose/`);
      type Embed = HTMLElement & { run(): void };
      const told = () => driver.ask(inPage.textOf, '#told');
      await until(RUN_WITHIN_MS, 'the frame is ready', async () => (await told()).includes('ready'), told);
      await driver.ask(() => (document.querySelector('epsilon-playground') as Embed).run());
      await until(RUN_WITHIN_MS, 'its run is done', async () => (await told()).includes('done'), told);
    },
  },
];
