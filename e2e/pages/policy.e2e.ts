import { expect } from '@playwright/test'
import { labClusterName } from '../lab-cluster.ts'
import { routes } from '../routes.ts'
import { test } from '../signed-in.ts'

test('no page breaks its own policy, nor says what it is served by', async ({ page }) => {
  const broken: string[] = []
  await page.exposeFunction('tellViolation', (what: string) => broken.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { tellViolation } = window as unknown as { tellViolation: (what: string) => void }
      tellViolation(`${location.pathname} ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`)
    })
  })
  for (const { path } of [...routes, { path: `/clusters/${labClusterName}` }]) {
    const response = await page.goto(path)
    expect(response?.status(), path).toBe(200)
    const headers = response?.headers() ?? {}
    const nonce = /'nonce-([0-9a-f]{32})'/.exec(headers['content-security-policy'] ?? '')?.[1]
    expect(nonce, path).toBeDefined()
    expect(headers['cache-control'], path).toContain('no-store')
    expect(headers, path).not.toHaveProperty('x-powered-by')
    // Every script that the page came with bears the nonce of this answer.
    const html = (await response?.text()) ?? ''
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) expect(tag, path).toContain(`nonce="${nonce}"`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  // The page is there before it hears keys.
  await expect(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toBeVisible({ timeout: 2_000 })
  }).toPass()
  expect(broken).toEqual([])
})

test('every answer forbids to be guessed, framed and referred from, whatever it is', async ({ page, consoleUrl }) => {
  await page.goto('/')
  const script = await page.evaluate(() => document.querySelector<HTMLScriptElement>('script[src*="_next"]')?.src ?? '')
  const paths = ['/', '/sign-in', '/api/health', '/api/v1/openapi.json', '/api/v1/nothing', '/theme.js', script]
  for (const path of paths) {
    const response = await page.request.get(new URL(path, consoleUrl).href)
    expect(response.headers(), path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  }
})

test('no script is served with its source map', async ({ page }) => {
  const scripts: string[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.url())
  })
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(scripts.length).toBeGreaterThan(0)
  for (const url of scripts) {
    const text = await (await page.request.get(url)).text()
    expect(text, url).not.toContain('sourceMappingURL')
    if (url.includes('/_next/')) expect((await page.request.get(`${url.split('?')[0]}.map`)).status(), url).toBe(404)
  }
})
