import type { StoredEvent } from '#domain/event.ts'
import type { VerdictLevel } from '#domain/judgement/verdict.ts'
import type { FleetRow } from '#domain/fleet/view.ts'

/** Worth saying aloud: who leads, a changed verdict, whatever is critical, as long as it has just happened. */
export function isNews({ kind, severity, at }: StoredEvent, now: Date): boolean {
  if (now.getTime() - at.getTime() > freshMs) return false
  return severity === 'critical' || kind === 'leader-changed' || kind === 'leader-lost' || kind === 'verdict-changed'
}

/** What is told later than this was caught up with, and is to be read instead. */
const freshMs = 30_000

/** Clusters that turned to the worse or recovered, in words; null = none did. `watched` is told by its own events. */
export function tellTurns(known: readonly FleetRow[], changed: readonly FleetRow[], watched: string | null) {
  const before = new Map(known.map(({ clusterId, level }) => [clusterId, level]))
  const turned = changed.filter(({ clusterId, name, level }) => {
    const last = before.get(clusterId)
    return last !== undefined && last !== level && name !== watched && (isUrgent(level) || isUrgent(last))
  })
  if (turned.length === 0) return null
  if (turned.length <= namedAtMost) return turned.map(({ name, sentence }) => `${name}: ${sentence}`).join(' ')
  const urgent = turned.filter(({ level }) => isUrgent(level)).length
  const parts = [
    urgent === 0 ? '' : `${urgent} clusters turned at risk or down`,
    urgent === turned.length ? '' : `${turned.length - urgent} recovered`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

/** Critical incidents that are new or became the worst, in words; null = none did. `watched` is told by its own events. */
export function tellIncidents(known: readonly FleetRow[], changed: readonly FleetRow[], watched: string | null) {
  const before = new Map(known.map(({ clusterId, incidents }) => [clusterId, incidents]))
  const grown = changed.flatMap(({ clusterId, name, incidents: { critical, worst } }) => {
    const last = before.get(clusterId)
    return last && worst && critical > last.critical && name !== watched ? [{ name, ...worst }] : []
  })
  if (grown.length === 0) return null
  if (grown.length > namedAtMost) return `Critical incidents on ${grown.length} more clusters.`
  return grown.map(({ name, number, sentence }) => `Critical incident ${number} on ${name}: ${sentence}`).join(' ')
}

const namedAtMost = 3

function isUrgent(level: VerdictLevel): boolean {
  return level === 'down' || level === 'at-risk'
}
