import { gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { labClusterName } from '../../e2e/lab-cluster.ts'
import { openBrowser, openSignedIn } from './browser.ts'
import { report } from './report.ts'
import { round } from './statistics.ts'
import { withWatchedLab } from './watched-lab.ts'

const limitKilobytes = 200

/** JavaScript that a browser with an empty cache fetches for a page, gzipped and as it is. */
export async function page(stopping: AbortSignal): Promise<void> {
  await withWatchedLab(stopping, async ({ console }) => {
    const browser = await openBrowser()
    try {
      const signedIn = await openSignedIn(browser, console)
      const storageState = await signedIn.context().storageState()
      for (const path of ['/sign-in', '/', `/clusters/${labClusterName}`]) {
        const state = path === '/sign-in' ? {} : { storageState }
        const context = await browser.newContext({ baseURL: console.url, ...state })
        const weight = await weigh(await context.newPage(), path)
        const isWithin = weight.gzippedKilobytes <= limitKilobytes
        report({ bench: 'page', path, ...weight, limitKilobytes, isWithin })
        await context.close()
      }
    } finally {
      await browser.close()
    }
  })
}

async function weigh(tab: Page, path: string) {
  const bodies: Promise<Buffer>[] = []
  tab.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.push(response.body())
  })
  await tab.goto(path, { waitUntil: 'load' })
  // Scripts that the page loads once it runs belong to it; the live stream never lets the network be idle.
  await tab.waitForTimeout(3000)
  const scripts = await Promise.all(bodies)
  const kilobytes = (sizes: number[]) => round(sizes.reduce((sum, size) => sum + size, 0) / 1024)
  return {
    scripts: scripts.length,
    gzippedKilobytes: kilobytes(scripts.map((body) => gzipSync(body).byteLength)),
    plainKilobytes: kilobytes(scripts.map((body) => body.byteLength)),
  }
}
