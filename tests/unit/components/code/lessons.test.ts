/** The code that each lesson offers runs, and so does what the docs say of it. Seeds are fixed. */
import 'fake-indexeddb/auto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { answerable } from '@/components/code/answer-call';
import { EXPERIMENT_DOCS, LAB_DOCS } from '@/components/code/lab-docs';
import { LESSONS } from '@/components/lessons/cells';
import { SAMPLES } from '@/components/vision/samples';
import { EXPERIMENTS } from '@/components/worker/experiments';
import { OPEN_EXPERIMENTS } from '@/lib/sandbox/experiments';
import { barsSchema, chartSchema, tableSchema } from '@/lib/sandbox/messages';
import { MECHANISM_NAMES, PRIVACY_NAMES } from '@/lib/sandbox/names';
import { startBackend } from '@/tests/harness/backend';
import { plainContext } from '@/tests/harness/experiment';
import { fetchFromDisk, preparedMnist } from '@/tests/harness/prepared';
import { ROOT } from '@/tests/harness/root';
import { type Answer, runCode } from './sandbox';

beforeAll(async () => {
  await preparedMnist();
  await startBackend('wasm');
  vi.stubGlobal('fetch', fetchFromDisk);
});

const pageOf = (slug: string) => readFileSync(join(ROOT, `app/lessons/${slug}/page.mdx`), 'utf8');
const codeOf = (slug: string) => readFileSync(join(ROOT, `components/code/examples/${slug}.js`), 'utf8');

/** A sample, as a canvas would give it. */
async function readSample(id: string) {
  const sharp = (await import('sharp')).default;
  const { file } = SAMPLES.find((one) => one.id === id)!;
  const { data, info } = await sharp(join(ROOT, 'public/samples', file))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { key: id, rgba: { width: info.width, height: info.height, data: new Uint8ClampedArray(data) } };
}

const { signal } = new AbortController();

/** What the site's worker would answer. */
const answer: Answer = async (call, update) => {
  const { request, shown } = await answerable(call, readSample, signal);
  const experiment = await EXPERIMENTS[request.id]!();
  const context = plainContext<never>({
    signal,
    report: (progress) => {
      if (progress.update !== undefined) update(progress.update);
    },
    input: (key) => request.inputs!.find((one) => one.key === key)!.value as never,
  });
  return shown(await experiment.run(experiment.params.parse(request.params), context));
};

const SCHEMAS = { chart: chartSchema, bars: barsSchema, table: tableSchema };

async function output(code: string) {
  const messages = await runCode(code, answer);
  return {
    end: messages.at(-1)!,
    text: messages.flatMap((one) => (one.type === 'log' ? one.text : [])).join('\n'),
    // What is drawn is checked as the page checks it.
    shown: messages.flatMap((one) => (one.type === 'show' ? [SCHEMAS[one.what].parse(one.value)] : [])),
  };
}

describe.each(LESSONS.map(({ slug }) => slug))('%s', (slug) => {
  test('shows the source of functions that are there', () => {
    const page = pageOf(slug);
    const sources = [...page.matchAll(/<Source file="([^"]+)" source=\{(\w+)\} \/>/g)];
    expect(sources.length).toBeGreaterThan(0);
    for (const [, file, name] of sources) {
      expect(existsSync(join(ROOT, file!)), file).toBe(true);
      expect(page).toContain(`import ${name} from '@/${file}?raw';`);
    }
  });

  test('its code runs without an error, and shows something', async () => {
    expect(pageOf(slug)).toContain(`import exampleCode from '@/components/code/examples/${slug}.js?raw';`);
    expect(pageOf(slug)).toMatch(/<CodeCell title="[^"]+" code=\{exampleCode\} \/>/);
    const { end, text, shown } = await output(codeOf(slug));
    expect(end).toMatchObject({ type: 'done' });
    expect(text.length + shown.length).toBeGreaterThan(0);
  }, 120_000);
});

test('what the examples say agrees with the lessons', async () => {
  const attacker = await output(codeOf('what-dp-promises'));
  // 1 − e^{−1/2}/2 = 69.7 %; 40,000 guesses have a standard error of 0.23 points.
  const right = Number(/ε = 1 right in ([\d.]+)/.exec(attacker.text)![1]);
  expect(Math.abs(right - 69.67)).toBeLessThan(1);
  const masks = await output(codeOf('federated-learning'));
  expect(masks.text).toContain('Sum of the messages: 50\nSum of the secrets: 50');
  const means = await output(codeOf('which-protection'));
  expect(means.text).toContain('So the newcomer is 81');
  const audit = await output(codeOf('attacks'));
  const bounds = [...audit.text.matchAll(/at least ([\d.]+)/g)].map(([, bound]) => Number(bound));
  // With 10,000 canaries and ε = 2 the bound scatters by 0.03 around 1.95.
  expect(bounds.at(-1)).toBeGreaterThan(1.85);
  expect(bounds.at(-1)).toBeLessThan(2.03);
}, 60_000);

test('every experiment that code may start takes its own defaults', async () => {
  for (const [id, { defaults }] of Object.entries(OPEN_EXPERIMENTS)) {
    const { params } = await EXPERIMENTS[id]!();
    // Strict: a misspelt default would be dropped in silence.
    expect(Object.keys(params.parse(defaults) as object), id).toEqual(
      expect.arrayContaining(Object.keys(defaults)),
    );
    expect(EXPERIMENT_DOCS.find(({ name }) => name === id)?.call).toContain(Object.keys(defaults)[0]);
  }
});

test('whatever lab has is documented, and what is documented is there', async () => {
  const listed = `
    const names = [];
    for (const [name, one] of Object.entries(lab))
      if (typeof one === 'function') names.push('lab.' + name);
      else for (const inner of Object.keys(one)) names.push('lab.' + name + '.' + inner);
    console.log(names.join(' '));`;
  const { text } = await output(listed);
  expect(text.split(' ').sort()).toEqual(LAB_DOCS.map(({ name }) => name).sort());
});

test('every mechanism and every accountant answers', async () => {
  const common = { value: 3, epsilon: 1, noiseMultiplier: 1, categories: 5, seed: 1, count: 4 };
  const { text, end } = await output(`
    for (const name of ${JSON.stringify(MECHANISM_NAMES)}) {
      const value = ['exponential', 'noisyMax'].includes(name) ? [1, 9, 2] : 3;
      const drawn = await lab.mechanisms[name]({ ...${JSON.stringify(common)}, value });
      if (drawn.length !== 4 || drawn.some((x) => !Number.isFinite(x))) throw new Error(name);
    }
    const run = { sampleRate: 0.01, noiseMultiplier: 1, steps: 10, delta: 1e-5, targetEpsilon: 2, epsilon: 1, count: 10, slack: 1e-6 };
    const more = { events: [{ kind: 'pure', epsilon: 0.1, count: 10 }], canaries: 100, guesses: 100, correct: 80, falsePositiveRate: 0.01 };
    for (const name of ${JSON.stringify(PRIVACY_NAMES)}) {
      const found = await lab.privacy[name]({ ...run, ...more });
      console.log(name, found);
    }`);
  expect(end).toMatchObject({ type: 'done' });
  expect(text.split('\n')).toHaveLength(PRIVACY_NAMES.length);
  expect(text).not.toMatch(/null|NaN|undefined/);
});

test('what there is not is refused in words', async () => {
  const { end } = await output("await lab.run('format-disk')");
  expect(end).toMatchObject({ type: 'error', name: 'experiment-unknown' });
  expect(await output("await lab.run('__proto__')")).toMatchObject({ end: { name: 'experiment-unknown' } });
  expect(await output('await lab.privacy.gaussianSigma({ epsilon: -1, delta: 0 })')).toMatchObject({
    end: { type: 'error' },
  });
});
