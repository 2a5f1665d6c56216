import { gzipSync } from 'node:zlib'
import { expect, type Response } from '@playwright/test'
import { routes } from '../routes.ts'
import { signIn, test } from '../signed-in.ts'

const budgetBytes = 200 * 1024

test('no page asks anybody but the console', async ({ page, consoleUrl }) => {
  const strangers = new Set<string>()
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (/^https?:$/.test(url.protocol) && url.origin !== consoleUrl) strangers.add(url.origin)
  })
  for (const { path } of routes) {
    const response = await page.goto(path)
    expect(response?.status(), path).toBe(200)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  expect([...strangers]).toEqual([])
})

test('the first page needs at most 200 KB of JavaScript, gzipped', async ({ browser, consoleUrl, admin }) => {
  const context = await browser.newContext({ baseURL: consoleUrl })
  const page = await context.newPage()
  await signIn(page, admin)
  const cookies = await context.cookies()
  await context.close()

  const fresh = await browser.newContext({ baseURL: consoleUrl })
  await fresh.addCookies(cookies)
  const first = await fresh.newPage()
  const scripts = new Map<string, Response>()
  first.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response)
  })
  await first.goto('/', { waitUntil: 'networkidle' }).catch(() => first.waitForLoadState('load'))
  await expect(first.getByRole('heading', { level: 1, name: 'Fleet' })).toBeVisible()
  // Read at the end and all of them: one that is still under way is counted, and none is read after its page is gone.
  const sizes = await Promise.all([...scripts.values()].map(async (one) => gzipSync(await one.body()).byteLength))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  expect(scripts.size).toBeGreaterThan(0)
  expect(bytes).toBeLessThanOrEqual(budgetBytes)
  await fresh.close()
})
