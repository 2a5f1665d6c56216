import { expect, test } from 'vitest'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { Role } from '#domain/people/permission.ts'
import type { KeptLevel } from '#domain/samples/kept-level.ts'
import { retentionByDefault } from '#domain/samples/retention.ts'
import { madeLevel } from '#domain/samples/testing/made-level.ts'
import { HistorySettings } from './history-settings.tsx'

/** The dialog is loaded when it is first opened. */
const slowMs = 30_000
const now = new Date('2026-11-26T12:00:00Z')
const day = (n: number) => new Date(Date.UTC(2026, 10, n))
const levels: KeptLevel[] = [
  madeLevel({
    days: 8,
    since: day(18),
    bytes: 9_000_000,
    bytesPerDay: 1_000_000,
    parts: Array.from({ length: 9 }, (_, n) => ({ from: day(18 + n), to: day(19 + n), bytes: 1_000_000 })),
  }),
  madeLevel({ resolution: 'minute', seconds: 60, days: 30, partition: 'week', since: day(18), bytesPerDay: 2_000 }),
  madeLevel({ resolution: 'tenMinutes', seconds: 600, days: 100, partition: 'month', bytesPerDay: 200 }),
  madeLevel({ resolution: 'hour', seconds: 3_600, days: 730, partition: 'month', bytesPerDay: 30 }),
  madeLevel({ resolution: 'day', seconds: 86_400, days: 3_650, partition: 'year', bytesPerDay: 2 }),
]

function open(role: Role) {
  return openPage({
    page: <HistorySettings />,
    role,
    now,
    answers: {
      'history.kept': () => ({ levels }),
      'history.keepFor': (input: typeof retentionByDefault) => ({
        levels: levels.map((level) => ({ ...level, days: input[level.resolution] })),
      }),
    },
  })
}

test('who only reads sees what is kept, and no form', async () => {
  await using page = await open('operator')
  await page.until(() => page.text().includes('By the hour2 years'))
  expect(page.text()).toContain('You look on as operator.')
  expect(document.querySelector('form, input')).toBeNull()
})

test(
  'keeping less tells what is deleted, asks, and sends all five',
  async () => {
    await using page = await open('admin')
    await page.until(() => page.text().includes('9 MB on disk now. 8 days take about 8.5 MB.'))
    await page.fill('Every 10 s', '5')
    expect(page.text()).toContain('5 days take about 5.5 MB.')
    expect(page.text()).toContain(
      'Every 10 s: values older than 5 days are deleted within the hour, whole days at once: now all before 2026-11-21 00:00:00 UTC, 3 MB. What is older is shown by the minute.',
    )
    await page.press('Keep them so long')
    await page.until(() => page.text().includes('Deleted values do not come back.'))
    expect(page.asked.some(({ path }) => path === 'history.keepFor')).toBe(false)
    await page.press('Keep less and delete the rest')
    await page.until(() => page.asked.some(({ path }) => path === 'history.keepFor'))
    expect(page.asked.at(-1)?.input).toEqual({ ...retentionByDefault, raw: 5 })
    await page.until(() => !page.text().includes('are deleted within the hour'))
  },
  slowMs,
)

test('keeping more asks nothing; what cannot be is told at its field and not sent', async () => {
  await using page = await open('admin')
  await page.until(() => page.text().includes('on disk now'))
  await page.fill('By the minute', '101')
  expect(page.text()).toContain('May not be kept longer than by ten minutes, 100 days')
  await page.press('Keep them so long')
  await page.fill('By the minute', 'a month')
  expect(page.text()).toContain('Give whole days from 2 to 3660.')
  await page.press('Keep them so long')
  expect(page.asked.map(({ path }) => path)).toEqual(['history.kept'])
  await page.fill('By the minute', '60')
  await page.press('Keep them so long')
  await page.until(() => page.asked.some(({ path }) => path === 'history.keepFor'))
})
