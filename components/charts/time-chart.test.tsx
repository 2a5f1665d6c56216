import { act } from 'react'
import { beforeAll, expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { ChartCursors } from './chart-cursor.tsx'
import type { ChartLine } from './chart-line.ts'
import { fakeCanvas } from './testing/fake-canvas.ts'
import { TimeChart, type TimeChartProps } from './time-chart.tsx'

/** The browser of the tests loads what is drawn with only when it is needed. */
const slowMs = 30_000
const time = { from: new Date('2026-11-23T12:00:00Z'), stepMs: 60_000, points: 5 }
const line = (name: string, avg: (number | null)[], change: Partial<ChartLine> = {}): ChartLine => ({
  name,
  colour: 0,
  avg,
  min: avg,
  max: avg,
  led: null,
  isLeader: false,
  ...change,
})
const lines = [
  line('pg-node-1', [1000, 2000, null, 3000, null], { led: [true, true, false, false, false] }),
  line('pg-node-2', [null, null, null, 5000, 6000], {
    colour: 1,
    led: [false, false, false, true, true],
    isLeader: true,
  }),
]
const mark = {
  key: 'one',
  at: new Date('2026-11-23T12:03:20Z'),
  sentence: 'pg-node-2 took the lead.',
  href: '/operations/o-1',
  weight: 'warning',
} as const

beforeAll(fakeCanvas)

async function open(change: Partial<TimeChartProps> = {}) {
  const zooms: unknown[] = []
  const props: TimeChartProps = {
    title: 'Not yet replayed',
    unit: 'bytes',
    lines,
    time,
    marks: [mark],
    linkOf: ([first]) => first?.href ?? '/',
    onPart: () => undefined,
    onZoom: (...zoom) => zooms.push(zoom),
    ...change,
  }
  const page = await openPage({
    page: (
      <ChartCursors>
        <TimeChart {...props} />
        <TimeChart {...props} title="Beside it" />
      </ChartCursors>
    ),
    answers: {},
  })
  const slider = () => {
    const found = document.querySelector<HTMLElement>('[role=slider]')
    if (!found) throw new Error(`There is no cursor. The page says: ${document.body.textContent}`)
    return found
  }
  const press = (key: string) =>
    act(async () => slider().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })))
  return { page, slider, press, zooms, figures: () => [...document.querySelectorAll('figure')] }
}

test(
  'a chart is drawn, says itself in a sentence, and names the newest values',
  async () => {
    const { page, slider, figures } = await open()
    await using _ = page
    await page.until(() => document.querySelectorAll('.uplot canvas').length === 2)
    expect(slider().getAttribute('aria-label')).toContain('pg-node-2 5 kB to 6 kB, the newest 6 kB')
    expect(figures()[0]?.querySelector('ul')?.textContent).toBe('pg-node-1–pg-node-2leads6 kB')
  },
  slowMs,
)

test(
  'keys move one cursor over all charts, and what stands there is read out with what happened',
  async () => {
    const { page, slider, press, figures } = await open()
    await using _ = page
    await act(async () => slider().focus())
    await press('ArrowLeft')
    expect(slider().getAttribute('aria-valuetext')).toMatch(/pg-node-1 3 kB, pg-node-2 5 kB. pg-node-2 took the lead.$/)
    expect(figures()[1]?.querySelector('ul')?.textContent).toContain('pg-node-13 kB')
    expect(figures()[1]?.textContent).toContain('12:03:00 UTC')
    await press('ArrowLeft')
    expect(slider().getAttribute('aria-valuetext')).toMatch(/pg-node-1 no value, pg-node-2 no value$/)
    await press('Home')
    await press('ArrowLeft')
    expect(slider().getAttribute('aria-valuenow')).toBe('0')
    await act(async () => slider().blur())
    expect(figures()[1]?.textContent).not.toContain('UTC')
  },
  slowMs,
)

test(
  'plus and minus show less and more time',
  async () => {
    const { page, slider, press, zooms } = await open()
    await using _ = page
    await act(async () => slider().focus())
    await press('+')
    await press('Home')
    await press('+')
    await press('-')
    expect(zooms).toEqual([
      ['in', null],
      ['in', time.from],
      ['out', null],
    ])
  },
  slowMs,
)

test(
  'the figures are there as a table when they are asked for',
  async () => {
    const { page } = await open()
    await using _ = page
    expect(document.querySelector('table')).toBeNull()
    await page.press('Table of Not yet replayed')
    const rows = [...document.querySelectorAll('tbody tr')].map((row) => row.textContent.slice(-20))
    expect(rows).toHaveLength(5)
    expect(rows[0]).toContain('no value6 kB')
    expect(rows[4]).toContain('1 kBno value')
  },
  slowMs,
)

test(
  'a mark leads to what it marks and is not in the way of the keys',
  async () => {
    const { page } = await open()
    await using _ = page
    const link = document.querySelector('figure a')
    expect(link?.getAttribute('href')).toBe('/operations/o-1')
    expect(link?.getAttribute('data-tip')).toContain('pg-node-2 took the lead.')
    expect(link?.getAttribute('tabindex')).toBe('-1')
  },
  slowMs,
)

test(
  'a chart without a value says so, and draws no line of nothing',
  async () => {
    const { page } = await open({ lines: [line('pg-node-1', [null, null, null, null, null])] })
    await using _ = page
    expect(page.text()).toContain('Nothing was seen of it in this time.')
    expect(document.querySelector('[role=slider], canvas')).toBeNull()
  },
  slowMs,
)
