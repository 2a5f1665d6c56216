import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import { availabilityOf, type Stretch } from '#domain/availability/measure.ts'
import { daysOf, monthOf, quarterOf } from '#domain/availability/period.ts'
import type { StatusView } from '#domain/availability/status-view.ts'
import type { WriteState } from '#domain/availability/write-state.ts'
import { ClusterStatus } from './cluster-status.tsx'

const now = new Date('2026-11-26T12:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const stretches: Stretch[] = [
  { kind: 'outage', began: new Date('2026-11-03T04:00:00Z'), ended: new Date('2026-11-03T04:02:10Z') },
  { kind: 'unseen', began: new Date('2026-11-05T04:00:00Z'), ended: new Date('2026-11-05T04:14:00Z') },
]

function viewOf(state: WriteState): StatusView {
  const measured = { measuredFrom: new Date('2026-10-20T00:00:00Z'), lookedAt: now, stretches, planned: [] }
  const [month, quarter] = [monthOf(now), quarterOf(now)]
  return {
    name: 'orders',
    state,
    way: 'open',
    since: ago(90),
    lookedAt: ago(1),
    target: 0.999,
    month: { period: month, measured: availabilityOf(measured, month, now) },
    quarter: { period: quarter, measured: availabilityOf(measured, quarter, now) },
    days: daysOf({ from: quarter.from, to: now }).map((day) => availabilityOf(measured, day, now)),
    lastTakeover: { at: ago(4000), isPlanned: true },
    lastBackupAt: ago(300),
    lastRehearsalAt: null,
    planned: [{ from: ago(10), to: ago(-50) }],
  }
}

function pageOf(view: StatusView, toldAt = now): string {
  return renderToStaticMarkup(
    <ClockProvider serverNow={now}>
      <ClusterStatus view={view} toldAt={toldAt} withName />
    </ClockProvider>,
  )
}

test('whether it takes writes, since when and how often it did is said in plain words', () => {
  const page = pageOf(viewOf('serving'))
  expect(page).toContain('The database is working: it takes writes.')
  expect(page).toContain('99.99')
  expect(page).toContain('2 min 10 s not; 14 min unseen.')
  expect(page).toContain('The target is 99.9 %: it is kept so far')
  expect(page).toContain('Tue 3 Nov')
  expect(page).not.toMatch(/patroni|leader|replica|timeline|failover|etcd/i)
})

test('a database that nobody gets through to is not just told as working', () => {
  const shut = pageOf({ ...viewOf('serving'), way: 'shut' })
  expect(shut).toContain('nobody gets through to it')
  expect(shut).not.toContain('it takes writes')
  expect(pageOf({ ...viewOf('serving'), way: 'unseen' })).toContain('we cannot see the way to it')
  expect(pageOf({ ...viewOf('not-serving'), way: 'shut' })).toContain('takes no writes now')
})

test('what cannot be seen is not told as down', () => {
  const page = pageOf(viewOf('unseen'))
  expect(page).toContain('We cannot see the database now.')
  expect(page).toContain('it may well be working')
  expect(page).not.toContain('takes no writes')
})

test('what is old is grey and says so, whatever it was', () => {
  const page = pageOf(viewOf('serving'), ago(1))
  expect(page).toContain('Last known 1 min ago: the database is working')
  expect(page).toContain('grayscale')
})

test.each(['serving', 'not-serving', 'unseen', 'apart'] as const)('nothing can be pressed while it is %s', (state) => {
  for (const toldAt of [now, ago(1)])
    expect(pageOf(viewOf(state), toldAt)).not.toMatch(
      /<(button|form|input|select|textarea|a)[\s>]|onclick|role="button"/i,
    )
})
