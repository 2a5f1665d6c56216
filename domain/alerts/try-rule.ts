import type { SeriesName } from '#domain/samples/series.ts'
import { metrics, type Metric } from '#domain/samples/metrics.ts'
import { advance, type AlertsStanding } from './advance.ts'
import { factsNamed } from './expression/names-in.ts'
import { definitionOf } from './facts/names.ts'
import { judgeRules } from './judge-rules.ts'
import type { LoadedRule, RuleInForce } from './load-rule.ts'
import type { Fact, FactRow } from './rule.ts'

/** Values of one series at equal steps. */
export interface PastSeries {
  name: SeriesName
  values: readonly (number | null)[]
}

/** One time that a rule would have fired. */
export interface Firing {
  subject: string
  firedAt: Date
  /** Null = it would fire still. */
  resolvedAt: Date | null
}

/** Why a rule cannot be tried over what was sampled; null = it can. */
export function untriable({ scope, condition }: LoadedRule): string | null {
  if (scope !== 'cluster' && scope !== 'member') {
    return 'Of its subjects nothing is sampled one by one, so what it would have done cannot be said.'
  }
  const unsampled = factsNamed(condition).filter((name) => definitionOf(scope, name)?.sampled === undefined)
  if (unsampled.length === 0) return null
  return `What it would have done cannot be said: ${unsampled.join(' and ')} ${unsampled.length === 1 ? 'is' : 'are'} not sampled.`
}

/** The series that a rule must be tried over; empty where it cannot be. */
export function seriesFor(rule: LoadedRule, members: readonly string[]): SeriesName[] {
  if (untriable(rule) !== null) return []
  const names = factsNamed(rule.condition).flatMap((name) => definitionOf(rule.scope, name)?.sampled ?? [])
  const found = names.flatMap((sampled): SeriesName[] => {
    if (sampled.kind === 'cluster') return [{ kind: 'cluster', member: null, metric: sampled.metric }]
    const needed = sampled.kind === 'leader' ? [sampled.metric, 'isLeader'] : [sampled.metric]
    return members.flatMap((member) => needed.map((metric) => ({ kind: 'member' as const, member, metric })))
  })
  return [...new Map(found.map((series) => [keyOf(series), series])).values()]
}

/** When a rule would have fired over some series, by the same steps as an alert goes through. */
export function tryOver(
  rule: RuleInForce,
  {
    from,
    stepSeconds,
    series,
    members,
  }: { from: Date; stepSeconds: number; series: readonly PastSeries[]; members: readonly string[] },
): Firing[] {
  const past = new Past(series)
  const length = Math.max(0, ...series.map(({ values }) => values.length))
  const firings: Firing[] = []
  let standing: AlertsStanding = { live: [], ended: [] }
  for (let step = 0; step < length; step += 1) {
    const now = new Date(from.getTime() + (step + 1) * stepSeconds * 1000)
    const next = advance({
      standing,
      judgements: judgeRules([rule], past.rowsAt(step, rule.rule, members)),
      isGone: () => false,
      isInForce: () => true,
      cluster: { clusterId: '', clusterName: '' },
      newId: () => '',
      now,
    })
    standing = next.standing
    for (const { kind, alert } of next.moves) {
      if (kind === 'fired') firings.push({ subject: alert.subject, firedAt: now, resolvedAt: null })
      if (kind !== 'resolved') continue
      const open = firings.findLast(({ subject, resolvedAt }) => subject === alert.subject && resolvedAt === null)
      if (open) open.resolvedAt = now
    }
  }
  return firings
}

/** What was sampled, as facts of one step. */
class Past {
  readonly #values: ReadonlyMap<string, readonly (number | null)[]>

  constructor(series: readonly PastSeries[]) {
    this.#values = new Map(series.map(({ name, values }) => [keyOf(name), values]))
  }

  rowsAt(step: number, { scope, condition }: LoadedRule, members: readonly string[]): FactRow[] {
    const names = factsNamed(condition)
    const factsOf = (member: string | null) =>
      Object.fromEntries(names.map((name) => [name, this.#factAt(step, scope, name, member, members)]))
    if (scope === 'cluster') return [{ scope, subject: 'the cluster', member: null, facts: factsOf(null) }]
    return members.map((member) => ({ scope, subject: member, member, facts: factsOf(member) }))
  }

  #factAt(
    step: number,
    scope: LoadedRule['scope'],
    name: string,
    member: string | null,
    members: readonly string[],
  ): Fact {
    const sampled = definitionOf(scope, name)?.sampled
    if (sampled === undefined) return null
    const kind = sampled.kind === 'cluster' ? 'cluster' : 'member'
    const whose = sampled.kind === 'leader' ? this.#leaderAt(step, members) : member
    if (sampled.kind === 'leader' && whose === null) return null
    const value = this.#at(step, { kind, member: kind === 'cluster' ? null : whose, metric: sampled.metric })
    if (value === null) return null
    return unitOf(kind, sampled.metric) === 'boolean' ? value >= 0.5 : value
  }

  #leaderAt(step: number, members: readonly string[]): string | null {
    const leads = (member: string) => (this.#at(step, { kind: 'member', member, metric: 'isLeader' }) ?? 0) >= 0.5
    return members.find(leads) ?? null
  }

  #at(step: number, name: SeriesName): number | null {
    return this.#values.get(keyOf(name))?.[step] ?? null
  }
}

function unitOf(kind: 'cluster' | 'member', metric: string): Metric['unit'] | undefined {
  return metrics[kind].find(({ name }) => name === metric)?.unit
}

function keyOf({ kind, member, metric }: SeriesName): string {
  return `${kind} ${member ?? ''} ${metric}`
}
