import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DayBars } from './day-bars.tsx'

const from = new Date('2026-11-26T00:00:00Z')
const wholeMs = 86_400_000
const nothing = { servingMs: 0, unplannedMs: 0, plannedMs: 0, unseenMs: 0 }

function heightsOf(parts: Partial<typeof nothing>): Record<string, number> {
  const made = { ...nothing, ...parts }
  const measured = Object.values(made).reduce((sum, ms) => sum + ms, 0)
  const day = { from, to: new Date(from.getTime() + wholeMs), wholeMs, ...made }
  const page = renderToStaticMarkup(<DayBars days={[{ ...day, unmeasuredMs: wholeMs - measured }]} />)
  return Object.fromEntries(
    [...page.matchAll(/class="(bg-[\w-]+)" style="height:([\d.]+)%"/g)].map(([, name, height]) => [
      name,
      Number(height),
    ]),
  )
}

test('a day that was only begun to be measured is seen, and its outage of seconds too', () => {
  expect(heightsOf({ servingMs: 48_000 })).toEqual({ 'bg-ok': 12 })
  expect(heightsOf({ servingMs: 900_000, unplannedMs: 6_000 })).toEqual({ 'bg-bad': 12, 'bg-ok': 12 })
})

test('a day without writes is not made to look better by a moment of them', () => {
  const { 'bg-bad': bad = 0, 'bg-ok': ok = 0 } = heightsOf({ servingMs: 1_000, unplannedMs: wholeMs - 1_000 })
  expect(bad).toBeGreaterThan(99.9)
  expect(ok).toBeLessThan(0.1)
})
