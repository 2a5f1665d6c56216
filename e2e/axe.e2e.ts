import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { givePassword } from './give-password.ts'
import { labClusterName } from './lab-cluster.ts'
import { makers } from './made-routes.ts'
import { newPerson } from './new-person.ts'
import { madeRoutes, openRoutes, routes } from './routes.ts'
import { test } from './signed-in.ts'
import { vouchedApp } from './vouched-app.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const themes = ['dark', 'light'] as const
const widths = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const

const looks = themes.flatMap((theme) => widths.map((viewport) => ({ theme, viewport })))

for (const { theme, viewport } of looks) {
  test.describe(nameOf({ theme, viewport }), () => {
    const look = { viewport, colorScheme: theme }
    // One page for all: what each address needs is at hand after the first.
    let page: Page
    test.beforeAll(async ({ openAs, admin }) => {
      page = await openAs(admin, look)
      await chooseTheme(page, theme)
    })
    test.afterAll(() => page.context().close())

    for (const { name, path } of routes) {
      test(`the page ${name} has no fault and does not scroll sideways`, async () => {
        expect((await page.goto(path))?.status()).toBe(200)
        await settle(page)
        await expectSound(page, theme)
      })
    }

    for (const { name, path } of openRoutes) {
      test(`the page ${name} has no fault and does not scroll sideways`, async ({ browser, consoleUrl }) => {
        const stranger = await openStranger(browser, consoleUrl, look)
        await chooseTheme(stranger, theme)
        expect((await stranger.goto(path))?.status()).toBe(200)
        await settle(stranger)
        await expectSound(stranger, theme)
        await stranger.context().close()
      })
    }

    test('the form of a channel has no fault', async () => {
      await page.goto('/settings/notifications')
      await page.getByRole('button', { name: 'Add a channel' }).click()
      await expect(page.getByRole('dialog').getByLabel('Address')).toBeVisible()
      await stand(page)
      await expectSound(page, theme)
    })

    test('the sheet of a rule has no fault', async () => {
      await page.goto(`/clusters/${labClusterName}/alerts/rules?rule=replication-lag`)
      const sheet = page.getByRole('dialog')
      await expect(sheet.getByLabel('Behind by more than')).toBeVisible()
      await expect(sheet.getByRole('region', { name: 'Within the last week' })).toContainText('.')
      await stand(page)
      await expectSound(page, theme)
    })

    test('the sheet of a switchover has no fault', async () => {
      await page.goto(`/clusters/${labClusterName}`)
      await page.getByRole('group', { name: 'Acts' }).getByRole('button', { name: 'Switch over' }).click()
      await expect(page.getByRole('dialog').getByLabel('Reason')).toBeVisible()
      await stand(page)
      await expectSound(page, theme)
    })
  })
}

// What has to be made first is made once, and looked at in every look.
test.describe('in every look', () => {
  for (const made of madeRoutes) {
    test(`what is made for ${made} has no fault and does not scroll sideways`, async ({
      browser,
      consoleUrl,
      consoleHome,
      rest,
      openAs,
      admin,
    }) => {
      const page = await openAs(admin)
      const making = { rest, consoleHome, page, openAs, openStranger: () => openStranger(browser, consoleUrl) }
      await makers[made](making, expectSoundInEveryLook)
      await page.context().close()
    })
  }

  test('the second step of signing in has no fault and does not scroll sideways', async ({
    browser,
    consoleUrl,
    consoleHome,
    rest,
    openAs,
  }) => {
    const account = await newPerson(rest, 'operator', 'Stella Second')
    const own = await openAs(account)
    await vouchedApp(own, account, consoleHome)
    const stranger = await openStranger(browser, consoleUrl)
    const code = stranger.getByLabel('Code of your authenticator app')
    await stranger.goto('/sign-in')
    await givePassword(stranger, account)
    await expect(code).toBeVisible()
    // A sign-in that was begun waits for its second step, also where the page is opened anew.
    await expectSoundInEveryLook(stranger, async () => {
      await stranger.reload()
      await expect(code).toBeVisible()
    })
    await stranger.context().close()
  })
})

interface Look {
  theme: (typeof themes)[number]
  viewport: (typeof widths)[number]
}

function nameOf({ theme, viewport }: Look): string {
  return `${theme} at ${viewport.width} px`
}

async function openStranger(browser: Browser, consoleUrl: string, look: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ...look, baseURL: consoleUrl })
  return context.newPage()
}

/** Opens what is looked at anew for each look: by a reload, where nothing else is needed. */
async function expectSoundInEveryLook(page: Page, open: () => Promise<unknown> = () => page.reload()): Promise<void> {
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

async function chooseTheme(page: Page, theme: 'dark' | 'light'): Promise<void> {
  await page.addInitScript((chosen) => localStorage.setItem('matriarch-theme', chosen), theme)
}

async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
  await stand(page)
}

async function stand(page: Page): Promise<void> {
  // Half-transparent text during a transition has a contrast that nobody reads.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  )
}

async function expectSound(page: Page, theme: string): Promise<void> {
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
