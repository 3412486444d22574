/** The code that each lesson offers runs, and so does what the docs say of it. Seeds are fixed. */
import 'fake-indexeddb/auto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { answerable } from '@/components/code/answer-call';
import { EXPERIMENT_DOCS, LAB_DOCS } from '@/components/code/lab-docs';
import { LESSONS } from '@/components/lessons/cells';
import { OPEN_EXPERIMENTS } from '@/components/lessons/open';
import { SAMPLES } from '@/components/vision/samples';
import { EXPERIMENTS } from '@/components/worker/experiments';
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
  const common = { value: 3, epsilon: 1, noiseMultiplier: 1, sigma: 1, categories: 5, seed: 1, count: 4 };
  const { text, end } = await output(`
    for (const name of ${JSON.stringify(MECHANISM_NAMES)}) {
      const value = ['exponential', 'noisyMax'].includes(name) ? [1, 9, 2] : name === 'oneBitMean' ? 0.3 : 3;
      const drawn = await lab.mechanisms[name]({ ...${JSON.stringify(common)}, value });
      if (drawn.length !== 4 || drawn.some((x) => !Number.isFinite(x))) throw new Error(name);
    }
    const run = { sampleRate: 0.01, noiseMultiplier: 1, steps: 10, delta: 1e-5, targetEpsilon: 2, epsilon: 1, count: 10, slack: 1e-6 };
    const more = { events: [{ kind: 'pure', epsilon: 0.1, count: 10 }], canaries: 100, guesses: 100, correct: 80, falsePositiveRate: 0.01 };
    const curves = { orders: [2, 8], falsePositiveRates: [0.01, 0.1], guarantees: [{ epsilon: 1, delta: 0 }], totalDelta: 2e-4, mu: 1 };
    const attacks = { truePositives: 90, members: 100, falsePositives: 5, nonMembers: 100, confidence: 0.95 };
    const audited = { scores: Array.from({ length: 20 }, (_, i) => i), included: Array.from({ length: 20 }, (_, i) => i % 2) };
    const local = { epsilonLocal: 1, people: 1e6, f: 0.5, p: 0.5, q: 0.75, hashes: 2, meanReport: 0.4, categories: 3, reports: [0, 1, 2, 1], protocol: 'hadamard' };
    for (const name of ${JSON.stringify(PRIVACY_NAMES)}) {
      const found = await lab.privacy[name]({ ...run, ...more, ...curves, ...attacks, ...audited, ...local });
      console.log(name, JSON.stringify(found));
    }`);
  expect(end).toMatchObject({ type: 'done' });
  expect(text.split('\n')).toHaveLength(PRIVACY_NAMES.length);
  expect(text).not.toMatch(/null|NaN|undefined/);
});

test('what code computes is what the library computes, and what people say comes back out of their reports', async () => {
  const { text } = await output(`
    const { privacy, mechanisms } = lab;
    const events = [{ kind: 'gaussian', noiseMultiplier: 2, count: 4 }];
    console.log(JSON.stringify(await privacy.basicComposition({ guarantees: [{ epsilon: 1, delta: 1e-6 }, { epsilon: 2, delta: 0 }] })));
    console.log(JSON.stringify(await privacy.rdpCurve({ events, orders: [2, 4] })));
    console.log(JSON.stringify(await privacy.rapporEpsilon({ f: 0.5, p: 0.5, q: 0.75, hashes: 2, count: 1000 })));
    const [rate] = await privacy.composedTradeOff({ events, falsePositiveRates: [0.1] });
    const exact = await privacy.gaussianMembership({ noiseMultiplier: 2, steps: 4, falsePositiveRate: 0.1 });
    console.log(exact.truePositiveRate - (1 - rate));
    const reports = [
      ...(await mechanisms.randomizedResponse({ value: 2, epsilon: 2, categories: 4, count: 60_000, seed: 1 })),
      ...(await mechanisms.randomizedResponse({ value: 0, epsilon: 2, categories: 4, count: 40_000, seed: 2 })),
    ];
    const found = await privacy.estimateFrequencies({ epsilon: 2, categories: 4, reports });
    const variance = await privacy.frequencyVariance({ protocol: 'choice', epsilon: 2, categories: 4, people: 1e5, frequency: 0.6 });
    console.log((found[2].frequency - 0.6) / Math.sqrt(variance));
    const bits = await mechanisms.oneBitMean({ value: 0.3, epsilon: 1, count: 100_000, seed: 3 });
    console.log(bits.reduce((sum, bit) => sum + bit, 0) / bits.length - 0.3, new Set(bits).size);
    console.log((await mechanisms.discreteGaussian({ value: 7, sigma: 3, count: 100, seed: 4 })).every(Number.isInteger));
  `);
  const lines = text.split('\n');
  expect(JSON.parse(lines[0]!)).toEqual({ epsilon: 3, delta: 1e-6 });
  // αT/(2σ²): Mironov (2017), corollary 3.
  expect(JSON.parse(lines[1]!)).toEqual([1, 2].map((expected) => expect.closeTo(expected, 12)));
  // Two hashes: 4 ln 3 for ever, however many reports.
  expect(JSON.parse(lines[2]!).permanent).toBeCloseTo(4 * Math.log(3), 12);
  expect(JSON.parse(lines[2]!).afterReports).toBeCloseTo(4 * Math.log(3), 12);
  // The bound may be above the exact attack, by the width of its grid, and never below.
  expect(Number(lines[3])).toBeLessThanOrEqual(1e-9);
  expect(Number(lines[3])).toBeGreaterThan(-0.01);
  // Four standard errors.
  expect(Math.abs(Number(lines[4]))).toBeLessThan(4);
  const [mean, values] = lines[5]!.split(' ');
  expect(Math.abs(Number(mean))).toBeLessThan(0.02);
  expect(values).toBe('2');
  expect(lines[6]).toBe('true');
}, 60_000);

test.each([
  ["privacy.composedTradeOff({ events: 'all', falsePositiveRates: [0.1] })", 'events is no list'],
  ['privacy.composedTradeOff({ events: [], falsePositiveRates: [2] })', 'falsePositiveRate is 2'],
  ["privacy.frequencyVariance({ protocol: 'constructor', epsilon: 1 })", 'no protocol “constructor”'],
  ['privacy.optimalComposition({ epsilon: 1, delta: 0, count: 1e9, totalDelta: 0 })', 'count is'],
  ["privacy.gaussianMembership({ noiseMultiplier: 1, steps: 'many' })", 'steps is many'],
  ['privacy.binaryRandomizedResponse({ epsilon: 1, people: 10, meanReport: 3 })', 'meanReport is 3'],
  ['privacy.clopperPearsonAudit({ members: 0 })', 'members is 0'],
  ['mechanisms.oneBitMean({ value: 3, epsilon: 1 })', 'value is 3'],
  ['mechanisms.discreteGaussian({ value: 3 })', 'sigma is undefined'],
])('what makes no sense is refused in words: %s', async (call, words) => {
  const { end } = await output(`await lab.${call}`);
  expect(end).toMatchObject({ type: 'error', message: expect.stringContaining(words) });
});

test('what there is not is refused in words', async () => {
  const { end } = await output("await lab.run('format-disk')");
  expect(end).toMatchObject({ type: 'error', name: 'experiment-unknown' });
  expect(await output("await lab.run('__proto__')")).toMatchObject({ end: { name: 'experiment-unknown' } });
  expect(await output('await lab.privacy.gaussianSigma({ epsilon: -1, delta: 0 })')).toMatchObject({
    end: { type: 'error' },
  });
});
