import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { test } from './signed-in.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const themes = ['dark', 'light'] as const
const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const

export const looks = themes.flatMap((theme) => widths.map((viewport) => ({ theme, viewport })))

interface Look {
  theme: (typeof themes)[number]
  viewport: (typeof widths)[number]
}

export function nameOf({ theme, viewport }: Look): string {
  return `${theme} at ${viewport.width} px`
}

export async function openStranger(
  browser: Browser,
  consoleUrl: string,
  look: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ ...look, baseURL: consoleUrl })
  return context.newPage()
}

/** Opens what is looked at anew for each look: by a reload, where nothing else is needed. */
export async function expectSoundInEveryLook(
  page: Page,
  open: () => Promise<unknown> = () => page.reload(),
): Promise<void> {
  for (const look of looks) {
    await test.step(nameOf(look), async () => {
      await page.setViewportSize(look.viewport)
      await page.emulateMedia({ colorScheme: look.theme })
      // Scripts that were added run in their order: the last one's choice is the one that counts.
      await chooseTheme(page, look.theme)
      await open()
      await settle(page)
      await expectSound(page, look.theme)
    })
  }
}

export async function chooseTheme(page: Page, theme: 'dark' | 'light'): Promise<void> {
  await page.addInitScript((chosen) => localStorage.setItem('matriarch-theme', chosen), theme)
}

export async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
  await stand(page)
}

export async function stand(page: Page): Promise<void> {
  // Half-transparent text during a transition has a contrast that nobody reads.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  )
}

export async function expectSound(page: Page, theme: string): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  await layOutAll(page)
  await page.evaluate(axeSource)
  const faults = await page.evaluate(async () => {
    const found: { violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] } =
      await Reflect.get(window, 'axe').run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      })
    return found.violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`),
    }))
  })
  expect(faults).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
}

/** Rows beyond the screen have a guessed height, and what is in them seems to lie over the next row's links. */
async function layOutAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('*')) {
      if (getComputedStyle(element).contentVisibility === 'auto') element.style.contentVisibility = 'visible'
    }
  })
}
