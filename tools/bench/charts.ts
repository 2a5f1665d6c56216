import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Page } from '@playwright/test'
import { openBrowser } from './browser.ts'
import { report } from './report.ts'
import { median, round } from './statistics.ts'
import { unlessStopped } from './stopping.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const limitMs = 16
const ticks = 60

/** Twelve charts of three lines with 720 points each, given new points: script time of one tick in Chromium. Needs no lab. */
export async function charts(stopping: AbortSignal): Promise<void> {
  const { script, style } = await bundle()
  const browser = await openBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.setContent(`<!doctype html><style>${style}${colours}</style><body></body>`)
    await page.addScriptTag({ content: script })
    await page.waitForFunction(() => document.querySelectorAll('.uplot canvas').length === 12)
    const tickMs = await unlessStopped(measure(page), stopping)
    const scriptMs = round(median(tickMs), 2)
    const longestMs = round(Math.max(...tickMs), 2)
    report({
      bench: 'charts',
      charts: 12,
      lines: 3,
      points: 720,
      ticks,
      scriptMs,
      longestMs,
      limitMs,
      isWithin: scriptMs <= limitMs,
    })
  } finally {
    await browser.close()
  }
}

/** Script time of each tick up to the frame that shows it, ms; the first ones, in which the browser still compiles, are not counted. */
async function measure(page: Page): Promise<number[]> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const tickMs: number[] = []
  for (let turn = -10; turn < ticks; turn++) {
    const before = await scriptSeconds()
    await page.evaluate(async () => {
      const { tick } = globalThis as unknown as { tick: () => void }
      tick()
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    })
    if (turn >= 0) tickMs.push(((await scriptSeconds()) - before) * 1000)
  }
  return tickMs

  async function scriptSeconds(): Promise<number> {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? Number.NaN
  }
}

async function bundle(): Promise<{ script: string; style: string }> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'components/charts/testing/tick-page.tsx')],
    outdir: 'out',
    write: false,
    bundle: true,
    minify: true,
    format: 'iife',
    jsx: 'automatic',
    define: {
      'process.env.NODE_ENV': '"production"',
      'process.env': '{}',
      process: '{"env":{}}',
      global: 'globalThis',
    },
    logLevel: 'error',
  })
  const ending = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return { script: ending('.js'), style: ending('.css') }
}

/** As in the style sheet of the console, which is not bundled here. */
const colours = `:root { --text: #e8edf2; --faint: #7d8a98; --line: #212a34; --line-strong: #3a4654; --lead: #f0b44c;
  --series-1: #6aa9ff; --series-2: #b68cff; --series-3: #52cfe0; --font-geist-mono: monospace }`
