import { defineConfig } from '@playwright/test'

/** Chromium of the distribution: nothing is downloaded. One worker: the tests share one console and one lab. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../test-results',
  globalSetup: './global-console.ts',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 420_000,
  expect: { timeout: 45_000 },
  reporter: 'list',
  use: {
    // What is waited for in vain is told with its name, long before the test's own time is over.
    actionTimeout: 150_000,
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'e2e', testIgnore: '**/axe.e2e.ts' },
    { name: 'axe', testMatch: '**/axe.e2e.ts' },
  ],
})
