import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['tests/unit/**/*.test.ts', 'tests/unit/**/*.test.tsx'],
    setupFiles: ['tests/unit/setup.ts'],
    environment: 'node',
    // All cores: many tests wait for a browser.
    maxWorkers: '100%',
    // The machine may be small and shared: a slow test is not a failed one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
