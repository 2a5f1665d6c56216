import type { KeptAlert } from './alert.ts'
import { factsOfJudgement, type Judgement } from './judge-rules.ts'
import { severities } from './incident-of.ts'
import { fillSummary } from './summary.ts'

/** The alerts of one cluster as they stand; all that is needed to go on. */
export interface AlertsStanding {
  /** Pending and firing: never two of one rule and subject. */
  live: readonly KeptAlert[]
  /** What stopped firing lately. */
  ended: readonly Ended[]
}

export interface Ended {
  ruleId: string
  subject: string
  at: Date
}

/** What became of an alert: `dropped` was pending and never fired. */
export interface Move {
  kind: 'pending' | 'dropped' | 'fired' | 'resolved' | 'severity' | 'told'
  alert: KeptAlert
  /** With `severity`: it is worse than it was. */
  isWorse?: boolean
}

export interface Given {
  standing: AlertsStanding
  judgements: readonly Judgement[]
  /** True where the subject of an alert that was not judged is not there any more, and not merely unseen. */
  isGone: (alert: KeptAlert) => boolean
  /** False where its rule was turned off, or is no rule any more. */
  isInForce: (ruleId: string) => boolean
  cluster: { clusterId: string; clusterName: string }
  newId: () => string
  now: Date
}

/**
 * The alerts one look later. What holds becomes pending and fires once it has held for as long as its rule says; what fires
 * resolves once it is known not to have held for as long as it keeps firing. While nobody can tell, nothing moves.
 */
export function advance(given: Given): { standing: AlertsStanding; moves: Move[] } {
  const { standing, judgements, isGone, isInForce, now } = given
  const known = new Map(standing.live.map((alert) => [keyOf(alert), alert]))
  const moves: Move[] = []
  for (const judgement of judgements) {
    const key = keyOf({ ruleId: judgement.rule.rule.id, subject: judgement.row.subject })
    const alert = known.get(key)
    known.delete(key)
    if (alert) moves.push(stepped(alert, judgement, standing.ended, now))
    else if (judgement.holds === true) moves.push(begun(judgement, given))
  }
  for (const alert of known.values()) {
    if (!isInForce(alert.ruleId)) moves.push(closed(alert, now))
    else moves.push(isGone(alert) ? quiet(alert, keepUnjudgedSeconds, now) : unknown(alert, now))
  }
  const over = moves.filter(({ kind }) => kind === 'resolved')
  return {
    standing: {
      live: moves.filter(({ kind }) => kind !== 'resolved' && kind !== 'dropped').map(({ alert }) => alert),
      ended: [
        ...standing.ended.filter(({ at }) => now.getTime() - at.getTime() <= flappingMs),
        ...over.map(({ alert: { ruleId, subject } }) => ({ ruleId, subject, at: now })),
      ],
    },
    moves,
  }
}

/** One rule and subject have at most one live alert. */
export function keyOf({ ruleId, subject }: { ruleId: string; subject: string }): string {
  return `${ruleId} ${subject}`
}

/** Twice within half an hour is flapping: it then keeps firing for a quarter of one. */
const flappingMs = 30 * 60_000
const flappingEnds = 2
const flappingKeepSeconds = 900
/** A subject that has vanished may be back at once, as a pool of pgBouncer is. */
const keepUnjudgedSeconds = 120

function begun(judgement: Judgement, { cluster, newId, now, standing }: Given): Move {
  const { rule: inForce, row } = judgement
  const { rule } = inForce
  const alert: KeptAlert = {
    ...cluster,
    id: newId(),
    ruleId: rule.id,
    title: rule.title,
    subject: row.subject,
    member: row.member,
    cause: rule.cause,
    state: 'pending',
    ...told(judgement),
    since: now,
    firedAt: null,
    heldAt: now,
    resolvedAt: null,
    unknownSince: null,
    incidentId: null,
    explainedBy: null,
    isFlapping: false,
    countsFrom: now,
    quietSince: null,
  }
  return inForce.forSeconds > 0 ? { kind: 'pending', alert } : fired(alert, standing.ended, now)
}

function stepped(alert: KeptAlert, judgement: Judgement, ended: readonly Ended[], now: Date): Move {
  const { holds, rule: inForce } = judgement
  if (holds === null) return unknown(alert, now)
  if (!holds) return quiet(alert, inForce.keepFiringSeconds, now)
  const held: KeptAlert = {
    ...counting(alert, now),
    ...told(judgement),
    member: judgement.row.member,
    heldAt: now,
    quietSince: null,
  }
  if (held.state === 'pending') {
    const isDue = now.getTime() - held.countsFrom.getTime() >= inForce.forSeconds * 1000
    return isDue ? fired(held, ended, now) : { kind: 'told', alert: held }
  }
  if (held.severity === alert.severity) return { kind: 'told', alert: held }
  const isWorse = severities.indexOf(held.severity) < severities.indexOf(alert.severity)
  return { kind: 'severity', alert: held, isWorse }
}

function fired(alert: KeptAlert, ended: readonly Ended[], now: Date): Move {
  const lately = ended.filter((each) => keyOf(each) === keyOf(alert) && now.getTime() - each.at.getTime() <= flappingMs)
  const isFlapping = lately.length >= flappingEnds
  return { kind: 'fired', alert: { ...alert, state: 'firing', firedAt: now, isFlapping } }
}

/** Known not to hold. */
function quiet(alert: KeptAlert, keepSeconds: number, now: Date): Move {
  if (alert.state === 'pending') return { kind: 'dropped', alert: { ...alert, unknownSince: null } }
  const quietSince = alert.unknownSince === null ? (alert.quietSince ?? now) : now
  const keep = alert.isFlapping ? Math.max(keepSeconds, flappingKeepSeconds) : keepSeconds
  if (now.getTime() - quietSince.getTime() >= keep * 1000)
    return closed({ ...alert, quietSince, unknownSince: null }, now)
  return { kind: 'told', alert: { ...alert, quietSince, unknownSince: null } }
}

function unknown(alert: KeptAlert, now: Date): Move {
  return { kind: 'told', alert: { ...alert, unknownSince: alert.unknownSince ?? now, quietSince: null } }
}

function closed(alert: KeptAlert, now: Date): Move {
  if (alert.state === 'pending') return { kind: 'dropped', alert }
  return { kind: 'resolved', alert: { ...alert, state: 'resolved', resolvedAt: now, unknownSince: null } }
}

/** The time for which nobody could tell does not count as time that it held. */
function counting(alert: KeptAlert, now: Date): KeptAlert {
  if (alert.unknownSince === null) return alert
  const missedMs = Math.max(0, now.getTime() - alert.unknownSince.getTime())
  return { ...alert, unknownSince: null, countsFrom: new Date(alert.countsFrom.getTime() + missedMs) }
}

function told(judgement: Judgement): Pick<KeptAlert, 'severity' | 'summary' | 'facts'> {
  const { rule: inForce, row } = judgement
  return {
    severity: inForce.severity,
    summary: fillSummary(inForce.rule, row.facts, inForce.parameters),
    facts: factsOfJudgement(judgement),
  }
}
