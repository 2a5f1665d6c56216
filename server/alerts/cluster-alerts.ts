import { randomUUID } from 'node:crypto'
import { advance, type AlertsStanding, type Move } from '#domain/alerts/advance.ts'
import type { KeptAlert } from '#domain/alerts/alert.ts'
import { factsOf } from '#domain/alerts/facts/facts-of.ts'
import type { FactSources } from '#domain/alerts/facts/sources.ts'
import { emptyTrail, extendTrail, type Trail } from '#domain/alerts/facts/trail.ts'
import { judgeRules } from '#domain/alerts/judge-rules.ts'
import type { LoadedRule } from '#domain/alerts/load-rule.ts'
import { ownPools } from '#domain/alerts/own-pools.ts'
import { assess } from '#domain/judgement/assess.ts'
import type { Sample } from '#domain/samples/metrics.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { readStanding } from '#server/store/alerts/standing.ts'
import type { Store } from '#server/store/open.ts'
import { keepMoves, type ChangesListener } from './keep-moves.ts'
import { readSurroundings, type Surroundings } from './surroundings.ts'

/** What the collector of a cluster sees now. */
export interface Seen {
  snapshot: Snapshot
  stack: StackView | null
  samples: readonly Sample[]
}

export interface ClusterAlertsOptions {
  store: Store
  executorId: string
  cluster: { clusterId: string; clusterName: string }
  rules: readonly LoadedRule[]
  onChanges: ChangesListener | null
}

/** The alerts of one cluster while this worker looks at it; while the store is away they go on, and what came about is kept later. */
export class ClusterAlerts {
  readonly #options: ClusterAlertsOptions
  #standing: AlertsStanding
  #trail: Trail = emptyTrail
  #surroundings: Surroundings
  #surroundingsAt: Date
  /** What was not kept yet, in order. */
  #waiting: Move[] = []
  /** As each was kept last, by its id. */
  #kept: Map<string, KeptAlert>
  #beatAt = new Date(0)

  private constructor(options: ClusterAlertsOptions, standing: AlertsStanding, surroundings: Surroundings, now: Date) {
    this.#options = options
    this.#standing = standing
    this.#surroundings = surroundings
    this.#surroundingsAt = now
    this.#kept = new Map(standing.live.map((alert) => [alert.id, alert]))
  }

  /** Goes on from what whoever looked before has left. */
  static async takeUp(options: ClusterAlertsOptions, now: Date): Promise<ClusterAlerts> {
    const { store, cluster, rules } = options
    const standing = await readStanding(store, cluster.clusterId)
    return new ClusterAlerts(
      options,
      standing,
      await readSurroundings(store, { clusterId: cluster.clusterId, rules, now }),
      now,
    )
  }

  /** The rules or what surrounds the cluster have changed: it is read anew at the next look. */
  refresh(): void {
    this.#surroundingsAt = new Date(0)
  }

  /** Asks every rule; false when the cluster is another worker's by now, and nothing was kept. Throws what the store throws. */
  async look(seen: Seen, now: Date): Promise<boolean> {
    const moves = this.#advance(seen, now)
    const news = moves.filter((move) => this.#isNews(move))
    // Before anything can fail: what came about while the store is away is kept when it is back.
    this.#waiting.push(...news.filter(({ kind }) => kind !== 'told'))
    await this.#refreshSurroundings(now)
    const told = news.filter(({ kind }) => kind === 'told')
    const isExplained = this.#standing.live.some(({ explainedBy }) => explainedBy !== null)
    const isBeatDue = now.getTime() - this.#beatAt.getTime() >= beatMs
    if (this.#waiting.length === 0 && told.length === 0 && !isExplained && !isBeatDue) return true
    return this.#keep([...this.#waiting, ...told], seen, now)
  }

  async #keep(moves: Move[], { snapshot, stack }: Seen, now: Date): Promise<boolean> {
    const { store, executorId, cluster, onChanges } = this.#options
    const { live, ended } = this.#standing
    const kept = await keepMoves(store, executorId, {
      cluster,
      moves,
      live,
      ownPools: ownPools(snapshot, stack),
      newId: randomUUID,
      now,
      onChanges,
    })
    if (kept === null) return false
    this.#waiting = []
    this.#standing = { live: kept, ended }
    this.#kept = new Map(kept.map((alert) => [alert.id, alert]))
    this.#beatAt = now
    return true
  }

  #advance({ snapshot, stack, samples }: Seen, now: Date): Move[] {
    const { rules, ...kept } = this.#surroundings
    this.#trail = extendTrail(this.#trail, { snapshot, stack, agents: kept.agents, now })
    const sources: FactSources = {
      snapshot,
      assessment: assess(snapshot, now),
      sight: sightOf(snapshot, now),
      stack,
      samples,
      ...kept,
      trail: this.#trail,
      unknownSince: earliest(this.#standing.live),
      now,
    }
    const picture = factsOf(sources)
    const scopeOf = new Map(rules.map(({ rule }) => [rule.id, rule.scope]))
    const inForce = new Set(rules.flatMap(({ rule, isEnabled }) => (isEnabled ? [rule.id] : [])))
    const { standing, moves } = advance({
      standing: this.#standing,
      judgements: judgeRules(rules, picture.rows),
      isGone: ({ ruleId, member }) => picture.isGone({ scope: scopeOf.get(ruleId) ?? 'cluster', member }),
      isInForce: (ruleId) => inForce.has(ruleId),
      cluster: this.#options.cluster,
      newId: randomUUID,
      now,
    })
    this.#standing = standing
    return moves
  }

  /** How long it has held goes on by itself: that is written once a minute. */
  #isNews({ kind, alert }: Move): boolean {
    if (kind !== 'told') return true
    const kept = this.#kept.get(alert.id)
    if (!kept) return true
    const isSame =
      kept.severity === alert.severity &&
      kept.state === alert.state &&
      time(kept.unknownSince) === time(alert.unknownSince) &&
      time(kept.quietSince) === time(alert.quietSince)
    return !isSame || alert.heldAt.getTime() - kept.heldAt.getTime() >= toldAgainMs
  }

  async #refreshSurroundings(now: Date): Promise<void> {
    if (now.getTime() - this.#surroundingsAt.getTime() < surroundingsMs) return
    const { store, cluster, rules } = this.#options
    // Another try is made at the next look; meanwhile what is known is used.
    this.#surroundings = await readSurroundings(store, { clusterId: cluster.clusterId, rules, now })
    this.#surroundingsAt = now
  }
}

const surroundingsMs = 15_000
const beatMs = 10_000
const toldAgainMs = 60_000

function time(at: Date | null): number | null {
  return at?.getTime() ?? null
}

function earliest(live: readonly KeptAlert[]): Date | null {
  const times = live.flatMap(({ state, ruleId, unknownSince }) =>
    state === 'firing' && ruleId !== 'alerts-unknown' && unknownSince !== null ? [unknownSince.getTime()] : [],
  )
  return times.length === 0 ? null : new Date(Math.min(...times))
}
