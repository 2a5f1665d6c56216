import type { Finding, FindingKind } from './finding.ts'
import type { Forecast } from './forecast.ts'
import { consoleFindings } from './findings/console.ts'
import { etcdFindings } from './findings/etcd.ts'
import { haproxyFindings } from './findings/haproxy.ts'
import type { Finder, JudgedCase } from './findings/judged-case.ts'
import { leaderFindings } from './findings/leader.ts'
import { memberFindings } from './findings/members.ts'
import { noteFindings } from './findings/notes.ts'
import { poolerFindings } from './findings/pooler.ts'
import { roleFindings } from './findings/roles.ts'
import { safetyFindings } from './findings/safety.ts'
import { writerFindings } from './findings/writers.ts'
import { leaderStateOf } from './leader-state.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { writersAtOnce } from './split-brain.ts'

/** Every finding that holds of a snapshot at `now`, worst first. Of a cluster that is not seen, only that is found. */
export function findFindings(snapshot: Snapshot, now: Date, forecast: Forecast): Finding[] {
  const sight = sightOf(snapshot, now)
  if (sight === 'stale' || sight === 'blind') return consoleFindings(snapshot, now)
  const leader = leaderStateOf(snapshot, now)
  const given: JudgedCase = { snapshot, now, leader, forecast, writers: writersAtOnce(snapshot, now) }
  const ofConsole = leader.kind === 'no-dcs' ? [] : consoleFindings(snapshot, now)
  return [...ofConsole, ...finders.flatMap((find) => find(given))].toSorted(bySeverityThenWeight)
}

/** Findings that were made elsewhere, taken in where they belong: worst first. */
export function withFindings(findings: readonly Finding[], more: readonly Finding[]): Finding[] {
  return [...findings, ...more].toSorted(bySeverityThenWeight)
}

const finders: readonly Finder[] = [
  writerFindings,
  leaderFindings,
  roleFindings,
  safetyFindings,
  memberFindings,
  etcdFindings,
  haproxyFindings,
  poolerFindings,
  noteFindings,
]

const severityOrder = { critical: 0, warning: 1, info: 2 } as const satisfies Record<Finding['severity'], number>

/** Within a severity, what a person must know first; the rest follows in the order of the finders. */
const foremost: readonly FindingKind[] = [
  'split-brain',
  'unmanaged-primary',
  'no-leader',
  'leader-silent',
  'sync-standby-missing',
  'no-candidate',
  'paused',
]

function bySeverityThenWeight(a: Finding, b: Finding): number {
  return severityOrder[a.severity] - severityOrder[b.severity] || placeOf(a.kind) - placeOf(b.kind)
}

function placeOf(kind: FindingKind): number {
  const place = foremost.indexOf(kind)
  return place < 0 ? foremost.length : place
}
