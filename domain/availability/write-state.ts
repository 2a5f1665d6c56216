import type { Finding } from '#domain/judgement/finding.ts'
import { leaderStateOf, type LeaderState } from '#domain/judgement/leader-state.ts'
import { answers } from '#domain/snapshot/reachability.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'

/** Whether the database takes writes, as somebody outside would ask; `apart`: a standby cluster, which takes none by design. */
export type WriteState = 'serving' | 'not-serving' | 'unseen' | 'apart'

/** How it is known that it is so. */
export type WriteCause =
  | 'no-leader'
  | 'dcs-lost'
  | 'promoting'
  | 'read-only'
  | 'not-running'
  | 'commits-wait'
  | 'split-brain'
  /** The leader fell silent and then lost the lead. */
  | 'leader-lost'
  | 'leader-silent'
  | 'nothing-answers'
  | 'nobody-looked'
  | 'standby'

export interface WriteFound {
  state: WriteState
  /** Null where it serves. */
  cause: WriteCause | null
}

/** Whether a snapshot shows that writes are served: a leader that is known, takes them, and was looked at. What cannot be told is unseen. */
export function writeStateOf(snapshot: Snapshot, findings: readonly Pick<Finding, 'kind' | 'severity'>[], now: Date) {
  const found = ofLead(leaderStateOf(snapshot, now), snapshot, now)
  return found.state === 'serving' ? held(findings) : found
}

/** A leader may take what it will lose, or what no commit comes back from. */
function held(findings: readonly Pick<Finding, 'kind' | 'severity'>[]): WriteFound {
  if (findings.some(({ kind }) => kind === 'split-brain')) return { state: 'not-serving', cause: 'split-brain' }
  const isWaiting = findings.some(({ kind, severity }) => kind === 'sync-standby-missing' && severity === 'critical')
  return isWaiting ? { state: 'not-serving', cause: 'commits-wait' } : { state: 'serving', cause: null }
}

function ofLead(leader: LeaderState, snapshot: Snapshot, now: Date): WriteFound {
  switch (leader.kind) {
    case 'unknown':
      return { state: 'unseen', cause: 'nothing-answers' }
    case 'no-dcs':
      return leader.writer ? serving : withoutWriter('dcs-lost', snapshot, now)
    case 'none':
      return leader.writer ? serving : withoutWriter('no-leader', snapshot, now)
    case 'working':
      return snapshot.isStandbyCluster ? { state: 'apart', cause: 'standby' } : serving
    case 'unmanaged':
      return serving
    case 'promoting':
      return { state: 'not-serving', cause: 'promoting' }
    case 'read-only':
      return { state: 'not-serving', cause: 'read-only' }
    case 'not-running':
      return { state: 'not-serving', cause: 'not-running' }
    case 'silent':
      return leader.isPostgresGone
        ? { state: 'not-serving', cause: 'not-running' }
        : { state: 'unseen', cause: 'leader-silent' }
    case 'unreached':
      return { state: 'unseen', cause: 'leader-silent' }
  }
}

/** While Patroni is paused, a member that nobody sees may go on taking writes without holding the lead. */
function withoutWriter(cause: WriteCause, snapshot: Snapshot, now: Date): WriteFound {
  const mayWriteUnseen =
    snapshot.pause !== null && snapshot.members.some((member) => member.isListed && !answers(member, now))
  return mayWriteUnseen ? { state: 'unseen', cause: 'nothing-answers' } : { state: 'not-serving', cause }
}

const serving: WriteFound = { state: 'serving', cause: null }
