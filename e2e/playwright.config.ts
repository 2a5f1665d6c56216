import { defineConfig } from '@playwright/test'

/** Chromium of the distribution: nothing is downloaded. All tests share one console and one lab. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../test-results',
  globalSetup: './global-console.ts',
  workers: 2,
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
    // What acts on the cluster or changes how the console is set up, one after the other.
    { name: 'acts', testIgnore: ['**/pages/*', '**/made-pages.e2e.ts'], workers: 1, fullyParallel: false },
    // After the acts, since what is made to be looked at leaves alerts behind that fire for a day.
    { name: 'made', testMatch: '**/made-pages.e2e.ts', workers: 1, fullyParallel: false, dependencies: ['acts'] },
    // What only looks at pages, beside each other, once there is something to see on them.
    { name: 'pages', testMatch: '**/pages/*.e2e.ts', workers: 2, fullyParallel: true, dependencies: ['made'] },
  ],
})
