import { metrics } from '#domain/samples/metrics.ts'
import { seriesText } from '#domain/samples/series-text.ts'
import { openTestConsole, type TestConsole } from '#server/api/testing/console.ts'
import type { Store } from '#server/store/open.ts'
import { withBenchStore } from './bench-store.ts'
import { fillHistory } from './make-believe-history.ts'
import { report } from './report.ts'
import { median, percentile, round } from './statistics.ts'
import { unlessStopped } from './stopping.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const spans = { hour: hourMs, day: dayMs, week: 7 * dayMs, month: 31 * dayMs, year: 365 * dayMs }
type Span = keyof typeof spans

const clusters = 4
const rounds = 60
const warmUps = 5
const limit = { p95Ms: 150, yearByHour: 3 }
const charts = metrics.member.slice(0, 12).map(({ name }) => name)
const members = ['pg-node-1', 'pg-node-2', 'pg-node-3']

/**
 * How long the console takes to answer twelve charts of three members each over stretches up to a year: from the request with its token
 * to the last byte of the answer, without the network. Rounds go through all stretches in turn.
 */
export async function history(stopping: AbortSignal): Promise<void> {
  await withBenchStore((store) => unlessStopped(measure(store), stopping))
}

async function measure(store: Store): Promise<void> {
  const now = new Date()
  const names = await fillHistory(store, clusters, now)
  await using console = await openTestConsole(store)
  const token = await console.token('viewer')
  const times = new Map<Span, number[]>(spanNames.map((span) => [span, []]))
  const sizes = new Map<Span, { points: number; kilobytes: number }>()
  for (let round = 0; round < warmUps + rounds; round++) {
    for (const span of spanNames) {
      const answer = await ask(console, { token, cluster: names[round % names.length] ?? '', now, span })
      sizes.set(span, answer)
      if (round >= warmUps) times.get(span)?.push(answer.ms)
    }
  }
  for (const span of spanNames) {
    const each = times.get(span) ?? []
    const p95Ms = round(percentile(each, 0.95))
    const isWithin = p95Ms <= limit.p95Ms
    const { points = 0, kilobytes = 0 } = sizes.get(span) ?? {}
    const series = charts.length * members.length
    report({
      bench: 'history',
      span,
      series,
      points,
      kilobytes,
      p50Ms: round(median(each)),
      p95Ms,
      limit: limit.p95Ms,
      isWithin,
    })
  }
  const [hour, year] = [times.get('hour') ?? [], times.get('year') ?? []]
  const p50 = round(median(year) / median(hour), 2)
  const p95 = round(percentile(year, 0.95) / percentile(hour, 0.95), 2)
  report({
    bench: 'history',
    of: 'a year by an hour',
    p50,
    p95,
    limit: limit.yearByHour,
    isWithin: p50 <= limit.yearByHour,
  })
}

const spanNames: Span[] = ['hour', 'day', 'week', 'month', 'year']

async function ask(
  console: TestConsole,
  { token, cluster, now, span }: { token: string; cluster: string; now: Date; span: Span },
): Promise<{ ms: number; points: number; kilobytes: number }> {
  const from = new Date(now.getTime() - spans[span])
  const series = charts.flatMap((metric) => members.map((member) => seriesText({ metric, member })))
  const input = { cluster, from: from.toISOString(), to: now.toISOString(), points: 1_000, series }
  const startedAt = performance.now()
  const response = await console.query('history.series', input, { authorization: `Bearer ${token}` })
  const text = await response.text()
  const ms = performance.now() - startedAt
  if (!response.ok) throw new Error(`The console answered ${response.status}: ${text.slice(0, 300)}`)
  const points = /"avg":\[([^\]]*)\]/.exec(text)?.[1]?.split(',').length ?? 0
  return { ms, points, kilobytes: round(text.length / 1024) }
}
