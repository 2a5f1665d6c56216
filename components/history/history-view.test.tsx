import { afterEach, beforeAll, expect, test } from 'vitest'
import { fakeCanvas } from '#components/charts/testing/fake-canvas.ts'
import { madeAlert } from '#domain/alerts/testing/made-alert.ts'
import { openPage } from '#components/trpc/testing/open-page.tsx'
import type { Alert } from '#domain/alerts/alert.ts'
import type { SeriesAnswer, SeriesQuestion } from '#domain/samples/series.ts'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { HistoryView } from './history-view.tsx'

/** The browser of the tests draws every chart of the page. */
const slowMs = 60_000
const now = new Date('2026-11-23T12:00:00Z')
const snapshot = takeSnapshot(null, readingsOf(healthyWorld(now)), now)
const cluster = snapshot.clusterName

beforeAll(fakeCanvas)
afterEach(() => history.replaceState(null, '', '/'))

/** A value where `isThere` says that it was sampled. */
function answering(isThere: (at: Date) => boolean) {
  return ({ from, to, points, series }: SeriesQuestion): SeriesAnswer => {
    const stepMs = (to.getTime() - from.getTime()) / points
    const values = (metric: string, member: string | null) =>
      Array.from({ length: points }, (_, index) => {
        if (!isThere(new Date(from.getTime() + index * stepMs))) return null
        return metric === 'isLeader' ? Number(member === snapshot.leader?.name) : 7
      })
    return {
      from,
      stepSeconds: stepMs / 1000,
      resolution: 'raw',
      series: series.map((name) => {
        const avg = values(name.metric, name.member)
        return { name, avg, min: avg, max: avg }
      }),
    }
  }
}

function open(isThere: (at: Date) => boolean, alerts: Alert[] = [], search = '') {
  return openPage({
    page: <HistoryView cluster={cluster} />,
    now,
    search,
    answers: {
      'clusters.get': () => ({ cluster: { name: cluster, labels: [] }, snapshot }),
      'events.list': () => ({ events: [], nextBefore: null }),
      'operations.list': () => ({ operations: [], nextBefore: null }),
      'alerts.list': () => ({ alerts, silences: [], muted: [], standingStill: [], serverNow: now }),
      'history.series': answering(isThere),
    },
  })
}

test(
  'what is on the screen, and that alone, is asked for in one question, with who led',
  async () => {
    await using page = await open(() => true)
    await page.until(() => page.text().includes(`${snapshot.leader?.name} led.`))
    const questions = page.asked.filter(({ path }) => path === 'history.series').map(({ input }) => input)
    const [{ points, series }, ...later] = questions as [SeriesQuestion]
    // The clock goes on while the page is drawn: each window is asked for once.
    expect(new Set(questions.map((question) => JSON.stringify(question))).size).toBe(questions.length)
    for (const question of later as SeriesQuestion[]) expect(question.series).toEqual(series)
    expect(points).toBe(360)
    expect(series.length).toBeLessThanOrEqual(200)
    expect(series).toContainEqual({ kind: 'member', member: snapshot.leader?.name, metric: 'isLeader' })
    expect(series).toContainEqual({ kind: 'member', member: snapshot.leader?.name, metric: 'clients' })
    expect(series.some(({ metric }) => metric === 'poolBusy')).toBe(false)
    expect(document.querySelectorAll('figure')).toHaveLength(14)
  },
  slowMs,
)

test(
  'a range, a member and the way back stand in the address; the values are there as a file',
  async () => {
    await using page = await open(() => true)
    await page.until(() => page.text().includes('led.'))
    await page.press('6 h: the last 6 hours')
    expect(location.search).toBe('?last=6h')
    const [first] = snapshot.members
    await page.press(first?.name ?? '')
    expect(new URLSearchParams(location.search).get('members')?.split(',')).not.toContain(first?.name)
    const file = page.button('Replication as CSV').getAttribute('href') ?? ''
    expect(file).toContain(`/api/v1/clusters/${cluster}/history.csv?from=2026-11-23T11%3A0`)
    expect(file).toContain(`&series=replayLagBytes%40${first?.name}`)
  },
  slowMs,
)

test(
  'where nothing was sampled the page says since when anything was',
  async () => {
    await using page = await open(
      (at) => at < new Date('2026-11-20T00:00:00Z') && at > new Date('2026-11-10T00:00:00Z'),
    )
    await page.until(() => page.text().includes('The samples that are kept begin at'))
    expect(page.text()).toContain('Connections by state and the longest transactions, once')
    await page.press('Show all samples')
    expect(new URLSearchParams(location.search).get('from')).toMatch(/^2026-11-1[0-2]T/)
  },
  slowMs,
)

test(
  'without any sample it says what would be here',
  async () => {
    await using page = await open(() => false)
    await page.until(() => page.text().includes(`Nothing has been sampled of ${cluster} yet.`))
    expect(page.text()).toContain('A sample is taken every ten seconds.')
  },
  slowMs,
)

test(
  'samples that stopped coming are told as old',
  async () => {
    await using page = await open((at) => at < new Date(now.getTime() - 10 * 60_000))
    await page.until(() => page.text().includes('stale'))
    expect(page.text()).toContain('The newest sample is 10 min old')
  },
  slowMs,
)

test(
  'alerts are marked with the rest, and each sort of mark may be left away',
  async () => {
    const firedAt = new Date(now.getTime() - 60_000)
    await using page = await open(() => true, [madeAlert('pooling', { firedAt, severity: 'critical' })])
    await page.until(() => page.text().includes('1 mark over the charts'))
    expect(page.text()).toContain('Alert: Some pooling on pg-1: It is so.')
    await page.press('Alerts')
    expect(new URLSearchParams(location.search).get('marks')).toBe('events,operations')
  },
  slowMs,
)

test(
  'an older window is asked for what went on in it, and not for the newest',
  async () => {
    await using page = await open(() => true, [], 'from=2026-11-20T10:00:00.000Z&to=2026-11-20T11:00:00.000Z')
    await page.until(() => page.asked.some(({ path }) => path === 'alerts.list'))
    const window = { since: new Date('2026-11-20T10:00:00Z'), until: new Date('2026-11-20T11:00:00Z'), limit: 500 }
    for (const path of ['events.list', 'operations.list', 'alerts.list']) {
      expect(page.asked.find((asked) => asked.path === path)?.input).toMatchObject({ cluster, ...window })
    }
  },
  slowMs,
)
