import type { Page } from '@playwright/test'
import { openBrowser, openSignedIn } from './browser.ts'
import { fillFleet } from './make-believe-fleet.ts'
import { report } from './report.ts'
import { round } from './statistics.ts'
import { unlessStopped } from './stopping.ts'
import { startWebAlone, type WebAlone } from './web-alone.ts'

const sizes = [10, 1000]

/** The fleet page with ten and with a thousand clusters: time to the first row, to a filtered list, and the longest frame. */
export async function fleet(stopping: AbortSignal): Promise<void> {
  for (const clusters of sizes) {
    const web = await startWebAlone()
    try {
      await unlessStopped(measureFleet(web, clusters), stopping)
    } finally {
      await web.stop()
    }
  }
}

async function measureFleet(web: WebAlone, clusters: number): Promise<void> {
  const browser = await openBrowser()
  try {
    const names = await fillFleet(web.store, clusters)
    const page = await openSignedIn(browser, web)
    await page.goto('/')
    const firstRowMs = await measureFirstRow(page)
    const filterMs = await measureFilter(page, names.at(-1) ?? '')
    report({ bench: 'fleet', clusters, firstRowMs, filterMs, ...(await measureScroll(page)) })
  } finally {
    await browser.close()
  }
}

/** From the start of the navigation, in the page's own clock. */
async function measureFirstRow(page: Page): Promise<number> {
  await page.reload({ waitUntil: 'commit' })
  await page.getByRole('table', { name: 'Clusters' }).getByRole('link').first().waitFor()
  return round(await page.evaluate(() => performance.now()))
}

async function measureFilter(page: Page, name: string): Promise<number> {
  const field = page.getByRole('searchbox', { name: 'Filter clusters' })
  await field.click()
  const startedAt = performance.now()
  await field.fill(name)
  await page.waitForFunction(() => document.querySelectorAll('[role="table"] a').length === 1)
  const filterMs = round(performance.now() - startedAt)
  await field.fill('')
  await page.waitForFunction(() => document.querySelectorAll('[role="table"] a').length > 1)
  return filterMs
}

async function measureScroll(page: Page): Promise<{ frames: number; longestFrameMs: number; slowFrames: number }> {
  const frames = await page.evaluate(async () => {
    const lengths: number[] = []
    const height = document.documentElement.scrollHeight
    let before = await new Promise<number>(requestAnimationFrame)
    for (let step = 1; step <= 150; step++) {
      window.scrollTo(0, (height * step) / 150)
      const now = await new Promise<number>(requestAnimationFrame)
      lengths.push(now - before)
      before = now
    }
    return lengths
  })
  return {
    frames: frames.length,
    longestFrameMs: round(Math.max(...frames)),
    slowFrames: frames.filter((length) => length > 34).length,
  }
}
