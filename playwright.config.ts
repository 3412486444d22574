import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, QUIET_FLAGS } from './tests/harness/chromium';
import { chromiumExecutable } from './tests/harness/find-chromium';

const PORT = Number(process.env.TEST_PORT ?? 4173);
const executablePath = chromiumExecutable();

/**
 * The tests in two browsers: with a (software) WebGPU adapter, and with no GPU at all. A test says by a tag that one is enough.
 * `@once`, without a GPU: the same whatever computes (pages, words, links, the ledger, sandboxes), or tensors whose every
 * operation the unit tests hold to reference numbers on WebGPU, slow on a software GPU. `@webgpu`: needs the adapter.
 */
const project = (gpu: keyof typeof CHROMIUM_FLAGS) => ({
  name: gpu,
  grepInvert: gpu === 'webgpu' ? /@once/ : /@webgpu/,
  use: {
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [...QUIET_FLAGS, ...CHROMIUM_FLAGS[gpu]],
    },
  },
});

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  // Two cores, and a software GPU eats one: one test at a time.
  workers: 1,
  // The machine may be small and shared: a slow test is not a failed one.
  timeout: 300_000,
  expect: { timeout: 120_000 },
  // A software GPU device can be lost under load; one retry, and it is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: [['list'], ['json']],
  use: {
    baseURL: `http://127.0.0.1:${PORT}${process.env.BASE_PATH ?? ''}/`,
    viewport: { width: 1280, height: 900 },
    // Recording every step of every test would take half as long again as the tests.
    trace: 'on-first-retry',
    // Every test begins as a first visit; what is kept offline has a test of its own.
    serviceWorkers: 'block',
  },
  projects: [project('webgpu'), project('no-gpu')],
  webServer: {
    command: 'npx tsx lib/commands/serve.ts',
    env: { PORT: String(PORT) },
    url: `http://127.0.0.1:${PORT}${process.env.BASE_PATH ?? ''}/`,
    // A server that happens to run may serve another build.
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
