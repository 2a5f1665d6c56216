import { inForce, loadRule } from '#domain/alerts/load-rule.ts'
import type { AlertRule, RuleOverride } from '#domain/alerts/rule.ts'
import { seriesFor, tryOver, untriable, type Firing, type PastSeries } from '#domain/alerts/try-rule.ts'
import type { SeriesName } from '#domain/samples/series.ts'
import { count } from '#domain/words.ts'
import type { Store } from '#server/store/open.ts'
import { readSeries } from '#server/store/samples/read-series.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'

/** What a rule would have done within the last week. */
export interface RuleTrial {
  /** In a sentence, also why it cannot be said. */
  sentence: string
  /** False = what it rests on was not sampled. */
  isTried: boolean
  from: Date | null
  to: Date | null
  /** The newest first. */
  firings: Firing[]
}

/** Asks a rule, with what is to be otherwise, of what was sampled of a cluster within the last seven days. */
export async function tryRule(
  store: Store,
  { clusterId, rule, override, now }: { clusterId: string; rule: AlertRule; override: RuleOverride; now: Date },
): Promise<RuleTrial> {
  const loaded = loadRule(rule)
  const why = untriable(loaded)
  if (why !== null) return untried(why)
  const snapshot = await latestSnapshot(store, clusterId)
  const members = (snapshot?.members ?? []).map(({ name }) => name).slice(0, mostMembers)
  const wanted = seriesFor(loaded, members)
  if (wanted.length === 0)
    return untried('What it would have done cannot be said: no member of the cluster is known yet.')
  const from = new Date(now.getTime() - days * dayMs)
  const series = await readWeek(store, clusterId, { wanted, from })
  if (series.every(({ values }) => values.every((value) => value === null))) {
    return untried('What it would have done cannot be said: nothing was sampled within the last week.')
  }
  const firings = tryOver(inForce(loaded, { ...override, isEnabled: true }), { from, stepSeconds, series, members })
  return {
    sentence: sentenceOf(firings),
    isTried: true,
    from,
    to: now,
    firings: firings.toReversed().slice(0, mostFirings),
  }
}

const days = 7
const dayMs = 86_400_000
const stepSeconds = 120
const mostMembers = 60
const mostFirings = 200
const mostSeries = 200
const pointsAsked = 1_000

/** Day by day, so that each has as many points as one answer may have. */
async function readWeek(
  store: Store,
  clusterId: string,
  { wanted, from }: { wanted: readonly SeriesName[]; from: Date },
): Promise<PastSeries[]> {
  const points = dayMs / 1000 / stepSeconds
  const found = wanted.map((name) => ({ name, values: [] as (number | null)[] }))
  for (let day = 0; day < days; day += 1) {
    const start = new Date(from.getTime() + day * dayMs)
    for (let first = 0; first < wanted.length; first += mostSeries) {
      const series = wanted.slice(first, first + mostSeries)
      const answer = await readSeries(store, clusterId, {
        from: start,
        to: new Date(start.getTime() + dayMs),
        // Room for one step more, where the answer begins before the day.
        points: pointsAsked,
        series,
      })
      for (const [place, { avg }] of answer.series.entries()) {
        found[first + place]?.values.push(...spread(avg, { ...answer, start, points }))
      }
    }
  }
  return found
}

/** An answer has steps of its own, which may be longer; each of ours takes the value of the one that it lies in. */
function spread(
  values: readonly (number | null)[],
  { from, stepSeconds: given, start, points }: { from: Date; stepSeconds: number; start: Date; points: number },
): (number | null)[] {
  return Array.from({ length: points }, (_, step) => {
    const middle = start.getTime() + (step + 0.5) * stepSeconds * 1000
    return values[Math.floor((middle - from.getTime()) / (given * 1000))] ?? null
  })
}

function sentenceOf(firings: readonly Firing[]): string {
  if (firings.length === 0) return 'It would not have fired within the last week.'
  return `It would have fired ${count(firings.length, 'time')} within the last week.`
}

function untried(sentence: string): RuleTrial {
  return { sentence, isTried: false, from: null, to: null, firings: [] }
}
