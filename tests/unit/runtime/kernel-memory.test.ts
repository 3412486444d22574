/** What trials of kernels found, from a worker to the page's storage and into the next worker. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Outcome } from '@/lib/kernels/trial';
import type { KernelKnowledge, Trial } from '@/lib/runtime/kernel-memory';
import { SITE_VERSION } from '@/lib/runtime/version';
import { experiment, fakeWorkers } from './support/fake-worker';

const outcome: Outcome = {
  chosen: 'own',
  figures: [
    { name: 'own', error: 1e-7, milliseconds: 2, refused: null },
    { name: 'stock', error: null, milliseconds: null, refused: 'no SIMD here' },
  ],
};
const trial: Trial = { machine: 'webgpu, nvidia ampere', contest: 'matrix products', outcome };
const KEY = 'epsilon-playground:kernels';

let kept: Map<string, string>;
/** As after loading the page again. */
async function pageAnew() {
  vi.resetModules();
  return import('@/lib/runtime/kernel-memory');
}
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});

describe('on the page', () => {
  test('is kept by machine, and still there when the page is loaded again', async () => {
    const { rememberTrial, preferKernels } = await pageAnew();
    rememberTrial(trial);
    rememberTrial({ ...trial, machine: 'wasm, 1 thread' });
    preferKernels('stock');
    const { kernelKnowledge } = await pageAnew();
    const expected: KernelKnowledge = {
      preference: 'stock',
      machines: {
        [trial.machine]: { [trial.contest]: outcome },
        'wasm, 1 thread': { [trial.contest]: outcome },
      },
    };
    expect(kernelKnowledge()).toEqual(expected);
  });

  test('of another version of the site is asked anew; the choice of kernels stays', async () => {
    const { rememberTrial, preferKernels } = await pageAnew();
    rememberTrial(trial);
    preferKernels('own');
    kept.set(KEY, kept.get(KEY)!.replace(`"${SITE_VERSION}"`, '"0.0.1"'));
    const { kernelKnowledge } = await pageAnew();
    expect(kernelKnowledge()).toEqual({ preference: 'own', machines: {} });
  });

  test.each([
    'not JSON',
    'null',
    '[]',
    `{"version":"${SITE_VERSION}","machines":{"a":{"b":{"chosen":"own"}}}}`,
    `{"version":"${SITE_VERSION}","machines":{"a":{"b":{"chosen":"own","figures":[{"name":1}]}}}}`,
    `{"version":"${SITE_VERSION}","preference":"fast","machines":[1]}`,
  ])('damaged in storage (%s) is nothing known', async (damaged) => {
    kept.set(KEY, damaged);
    const { kernelKnowledge } = await pageAnew();
    expect(kernelKnowledge()).toEqual({ preference: 'auto', machines: {} });
  });

  test('lasts as long as the page where storage is refused', async () => {
    const refuse = () => {
      throw new DOMException('refused', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
    const { rememberTrial, kernelKnowledge } = await pageAnew();
    rememberTrial(trial);
    expect(kernelKnowledge().machines[trial.machine]).toEqual({ [trial.contest]: outcome });
  });

  test('is the same value until there is news, of which listeners hear', async () => {
    const { rememberTrial, kernelKnowledge, onKernelKnowledge } = await pageAnew();
    const heard = vi.fn();
    const end = onKernelKnowledge(heard);
    const before = kernelKnowledge();
    expect(kernelKnowledge()).toBe(before);
    rememberTrial(trial);
    expect(kernelKnowledge()).not.toBe(before);
    end();
    rememberTrial(trial);
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe('between page and worker', () => {
  const all = { count: experiment(async () => 1, 'tensors') };
  const backend = { name: 'cpu' as const, adapter: null, softwareGpu: false, selfTestError: 0, refused: [] };
  test('a worker starts with what is known, and what it finds comes back', async () => {
    let known: KernelKnowledge = { preference: 'auto', machines: { cpu: { [trial.contest]: outcome } } };
    const startBackend = vi.fn(async () => backend);
    const onTrial = vi.fn();
    const { runner, workers } = fakeWorkers(all, { kernels: () => known, onTrial, ports: { startBackend } });
    const runs = async () => {
      runner.run({ id: 'count', params: {} });
      await expect.poll(() => runner.snapshot().state).toBe('done');
    };
    await runs();
    expect(startBackend).toHaveBeenCalledWith('auto', [], known);
    workers[0]!.say({ type: 'trial', ...trial });
    await expect.poll(() => onTrial.mock.calls).toEqual([[expect.objectContaining(trial)]]);

    // News of other trials is no reason to start another worker; a wish for other kernels is.
    known = { ...known, machines: {} };
    await runs();
    expect(workers).toHaveLength(1);
    known = { ...known, preference: 'stock' };
    await runs();
    expect(workers).toHaveLength(2);
    expect(workers[1]!.heard[0]).toMatchObject({ type: 'init', kernels: known });
    runner.release();
  });
});
