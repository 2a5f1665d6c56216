import { type Browser, chromium, type Page } from '@playwright/test'
import type { RunningConsole } from '../../e2e/console.ts'
import { givePassword } from '../../e2e/give-password.ts'

/** The distribution's Chromium. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    // Playwright would end this process at once, with console and lab still up.
    handleSIGINT: false,
    handleSIGTERM: false,
  })
}

/** A page that is signed in as the administrator. */
export async function openSignedIn(
  browser: Browser,
  { url, admin }: Pick<RunningConsole, 'url' | 'admin'>,
): Promise<Page> {
  const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } })
  await page.goto('/sign-in')
  await givePassword(page, admin)
  await page.getByRole('heading', { level: 1, name: 'Fleet' }).waitFor()
  return page
}
