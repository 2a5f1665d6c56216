import type { Assessment } from './assessment.ts'
import type { Finding } from './finding.ts'
import { type LeaderState, leaderStateOf } from './leader-state.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { type Verdict, type VerdictLevel, verdictOrder } from './verdict.ts'
import { verdictSentence } from './verdict-sentence.ts'

type Given = Omit<Assessment, 'verdict'> & { snapshot: Snapshot; now: Date }

/** What a colleague would say of the cluster at `now`, in one plain sentence or two. */
export function verdictOf(given: Given): Verdict {
  const { snapshot, findings, now } = given
  const leader = leaderStateOf(snapshot, now)
  return { level: levelOf(leader, findings), sentence: verdictSentence(leader, given) }
}

/** Split brain ranks with the worst, though writes are taken: they are going to be lost. Where every commit waits, nothing is written. */
function levelOf(leader: LeaderState, findings: Finding[]): VerdictLevel {
  if (
    findings.some(
      ({ kind, severity }) => kind === 'split-brain' || (kind === 'sync-standby-missing' && severity === 'critical'),
    )
  ) {
    return 'down'
  }
  const ofLead = levelOfLead(leader)
  return ofLead === 'unseen' ? ofLead : worst(ofLead, ...findings.map(levelOfFinding))
}

function levelOfLead(leader: LeaderState): VerdictLevel {
  switch (leader.kind) {
    case 'unknown':
      return 'unseen'
    case 'none':
    case 'no-dcs':
      return leader.writer ? 'at-risk' : 'down'
    case 'promoting':
    case 'read-only':
    case 'not-running':
      return 'down'
    case 'silent':
      return leader.isPostgresGone ? 'down' : 'at-risk'
    case 'unmanaged':
      return 'at-risk'
    case 'unreached':
      return 'degraded'
    case 'working':
      return 'healthy'
  }
}

function levelOfFinding(finding: Finding): VerdictLevel {
  if (finding.severity === 'critical') return 'at-risk'
  return finding.severity === 'warning' ? 'degraded' : 'healthy'
}

function worst(...levels: VerdictLevel[]): VerdictLevel {
  return verdictOrder.find((level) => levels.includes(level)) ?? 'healthy'
}
