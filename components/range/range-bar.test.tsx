import { act } from 'react'
import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import { RangeBar } from './range-bar.tsx'
import type { TimeRange } from './time-range.ts'

const now = new Date('2026-11-23T12:00:00Z')

async function open(range: TimeRange) {
  const ranges: TimeRange[] = []
  const page = await openPage({
    page: <RangeBar range={range} onRange={(next) => ranges.push(next)} />,
    answers: {},
    now,
  })
  return { page, ranges }
}

test('a stretch is picked, and "later" says why there is none', async () => {
  const { page, ranges } = await open({ kind: 'last', last: '1h' })
  await using _ = page
  expect(page.button('1 h: the last hour').getAttribute('aria-pressed')).toBe('true')
  await page.press('7 d: the last 7 days')
  expect(ranges).toEqual([{ kind: 'last', last: '7d' }])
  await page.press('Later')
  expect(ranges).toHaveLength(1)
  expect(page.button('Later').getAttribute('data-tip')).toBe('Now is shown: there is nothing later.')
})

test('what stands still can be moved, and left to follow now again', async () => {
  const fixed: TimeRange = {
    kind: 'fixed',
    from: new Date('2026-11-23T08:00:00Z'),
    to: new Date('2026-11-23T10:00:00Z'),
  }
  const { page, ranges } = await open(fixed)
  await using _ = page
  await page.press('Later')
  await page.press('Half as much time')
  await page.press('Follow now')
  expect(ranges).toEqual([
    { kind: 'fixed', from: new Date('2026-11-23T09:00:00Z'), to: new Date('2026-11-23T11:00:00Z') },
    { kind: 'fixed', from: new Date('2026-11-23T08:30:00Z'), to: new Date('2026-11-23T09:30:00Z') },
    { kind: 'last', last: '1h' },
  ])
})

test('both ends are typed; what is wrong is told at the end it is wrong with', async () => {
  const { page, ranges } = await open({ kind: 'last', last: '1h' })
  await using _ = page
  await page.press('From … to …')
  await page.fill('From', 'some day')
  const send = () =>
    act(async () =>
      document.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
    )
  await send()
  expect(page.text()).toContain('This is no moment.')
  await page.fill('From', '2 h ago')
  expect(page.text()).not.toContain('This is no moment.')
  await page.fill('To', '30 min ago')
  await send()
  expect(ranges).toHaveLength(1)
  expect(document.querySelector('form')).toBeNull()
})
