import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * Four projects. `box` mostly waits, so four files at once run on two cores. `e2e` waits for sound more than it works,
 * so two files run at once; each has a box and a browser of its own. `network` changes what the whole machine shares,
 * so one file at a time.
 */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'box',
          include: ['test/**/*.test.ts'],
          exclude: ['test/ui/**', 'test/e2e/**', 'test/network/**', 'test/bench/short-forms.test.ts'],
          testTimeout: 40_000,
          hookTimeout: 20_000,
          maxWorkers: Math.max(4, availableParallelism()),
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 90_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'benches',
          include: ['test/bench/short-forms.test.ts'],
          testTimeout: 120_000,
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'network',
          include: ['test/network/**/*.test.ts'],
          globalSetup: ['test/network/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 1,
          fileParallelism: false,
        },
      },
    ],
  },
});
