import { defineConfig } from 'vitest/config'

// Loopback, where the servers of tests are, may be reached.
const setupFiles = ['tools/testing/reach-loopback.ts']

const outside = ['**/node_modules/**', '.next/**', '.state/**']

/** The kind of a test is in its name: unit (no I/O), web (jsdom), db (embedded Postgres), lab (a real cluster), long (the same for hours). */
export default defineConfig({
  test: {
    passWithNoTests: true,
    // One for each core of the smallest machine they must be quick on; by itself vitest leaves one idle.
    maxWorkers: 2,
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles,
          // A property over hundreds of texts takes seconds where the cores are shared.
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
          // Pure values need no process of their own for each file: that is two thirds of the time.
          isolate: false,
          include: [
            '{domain,server,agent,lab,tools,bin,e2e}/**/*.test.ts',
            'components/**/*.test.ts',
            'app/**/*.test.ts',
          ],
          exclude: [...outside, '**/*.db.test.ts', '**/*.lab.test.ts', '**/*.long.test.ts'],
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic' } },
        test: {
          name: 'web',
          environment: 'jsdom',
          testTimeout: 60_000,
          isolate: false,
          include: ['components/**/*.test.tsx', 'app/**/*.test.tsx'],
          exclude: outside,
        },
      },
      {
        test: {
          name: 'db',
          environment: 'node',
          setupFiles,
          include: ['**/*.db.test.ts'],
          exclude: outside,
          globalSetup: ['tools/testing/global-store.ts'],
          // Far beyond what any needs: they yield the processor to the cluster's.
          testTimeout: 180_000,
          hookTimeout: 240_000,
          expect: { poll: { timeout: 60_000 } },
        },
      },
      {
        test: {
          name: 'lab',
          environment: 'node',
          setupFiles,
          include: ['**/*.lab.test.ts'],
          exclude: outside,
          globalSetup: ['e2e/lab/global-lab.ts'],
          fileParallelism: false,
          testTimeout: 420_000,
          // Healing waits for what a failed test has begun.
          hookTimeout: 480_000,
        },
      },
      {
        test: {
          name: 'long',
          environment: 'node',
          setupFiles,
          include: ['e2e/**/*.long.test.ts'],
          exclude: outside,
          globalSetup: ['e2e/lab/global-lab.ts'],
          fileParallelism: false,
          testTimeout: 1_500_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
})
