import { basename, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ActiveBackend, BackendName } from '@/lib/runtime/backend';
import type { Failure } from '@/lib/runtime/experiment';
import { type GpuMode, runSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import type { Answer } from '../../pages/runtime/backends';

const SUITE = 'tests/pages/runtime/backends.ts';
const ask = (input: object, gpu: GpuMode) => runSuite<Answer>(SUITE, input, { gpu });
const reason = (backend: ActiveBackend, name: BackendName) =>
  backend.refused.find((entry) => entry.name === name)?.reason;

describe.skipIf(!hasChromium())('choosing a backend in Chromium', () => {
  test.each(['cpu', 'wasm', 'webgl', 'webgpu'] as const)(
    '%s, asked for by name, really runs',
    async (name) => {
      const answer = await ask({ preference: name }, 'webgpu');
      expect(answer.backend).toMatchObject({ name, refused: [] });
      expect(answer.running).toBe(name);
      expect(answer.backend.selfTestError).toBeGreaterThan(0);
      expect(answer.backend.selfTestError).toBeLessThan(1e-4);
      // Needs ten storage buffers on WebGPU, where the default limit is eight.
      expect(answer.manyTerms).toEqual([9, 9, 9, 9, 9]);
      expect(answer.tensorsAfter).toBe(0);
      expect(answer.backend.softwareGpu).toBe(name === 'webgl' || name === 'webgpu');
    },
  );

  test('a software GPU comes after WebAssembly, with the reason', async () => {
    const { backend } = await ask({ preference: 'auto' }, 'webgpu');
    expect(backend.name).toBe('wasm');
    expect(backend.adapter).toBe('1 thread');
    expect(reason(backend, 'webgpu')).toMatch(/swiftshader/i);
    expect(reason(backend, 'webgl')).toMatch(/swiftshader/i);
  });

  test('a software GPU comes before plain JavaScript', async () => {
    const { backend } = await ask({ preference: 'auto', skip: ['wasm'] }, 'webgpu');
    expect(backend.name).toBe('webgpu');
    expect(backend.refused.map(({ name }) => name)).toEqual(['wasm', 'webgl']);
  });

  test('without a GPU, WebGPU asked for by name gives way and says why', async () => {
    const answer = await ask({ preference: 'webgpu' }, 'no-gpu');
    expect(answer.running).toBe('wasm');
    expect(answer.backend.name).toBe('wasm');
    expect(reason(answer.backend, 'webgpu')).toMatch(/WebGPU/);
    expect(reason(answer.backend, 'webgl')).toMatch(/WebGL/);
  });

  test('an isolated page gets threads, and its core count back', async () => {
    const script = '/wasm/tfjs-backend-wasm-threaded-simd.js';
    const { backend, threads } = await runSuite<Answer>(
      SUITE,
      { preference: 'wasm' },
      {
        gpu: 'no-gpu',
        isolated: true,
        folders: {
          [script]: resolve('node_modules/@tensorflow/tfjs-backend-wasm/wasm-out', basename(script)),
        },
      },
    );
    const expected = Math.max(1, Math.min(4, Math.floor(threads / 2)));
    expect(backend.adapter).toBe(expected === 1 ? '1 thread' : `${expected} threads`);
  });

  test('where the script of the threads is not served, one thread does', async () => {
    const { backend } = await runSuite<Answer>(
      SUITE,
      { preference: 'wasm' },
      { gpu: 'no-gpu', isolated: true },
    );
    expect(backend).toMatchObject({ name: 'wasm', adapter: '1 thread' });
  });

  test('nothing left: an error a person can act on', async () => {
    const everything = ['webgpu', 'webgl', 'wasm', 'cpu'];
    await expect(ask({ preference: 'auto', skip: everything }, 'no-gpu')).rejects.toThrow(/No backend/);
  });

  test.each([
    ['destroy', 'device-lost'],
    ['invalid', 'gpu-error'],
  ])('trouble on the device is heard: %s', async (breakIt, code) => {
    const failure = await runSuite<Failure>(SUITE, { preference: 'webgpu', breakIt }, { gpu: 'webgpu' });
    expect(failure.code).toBe(code);
    expect(failure.remedy).toMatch(/next backend/);
  });

  test('a device that is asked knows of its loss at once', async () => {
    const [before, after] = await runSuite<(Failure | null)[]>(
      SUITE,
      { preference: 'webgpu', breakIt: 'destroy', ask: true },
      { gpu: 'webgpu' },
    );
    expect(before).toBeNull();
    expect(after).toMatchObject({ code: 'device-lost' });
    expect(after?.message).toMatch(/^The graphics device was lost/);
  });
});
