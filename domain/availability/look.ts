import type { Finding } from '#domain/judgement/finding.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { newestOf } from '#domain/snapshot/staleness.ts'
import { writeStateOf, type WriteFound } from './write-state.ts'

/** What was found of a cluster without a break from one moment to another. */
export interface WriteLook extends WriteFound {
  leader: string | null
  from: Date
  to: Date
  /** Newest moment at which a member was found taking writes; null = none ever was. */
  lastWriteAt: Date | null
}

/** What a snapshot says of the moment it was taken. */
export function lookOf(snapshot: Snapshot, findings: readonly Pick<Finding, 'kind' | 'severity'>[]): WriteLook {
  const at = snapshot.takenAt
  return {
    ...writeStateOf(snapshot, findings, at),
    leader: snapshot.leader?.name ?? null,
    from: at,
    to: at,
    lastWriteAt: newestOf(...snapshot.members.map(({ writableSeenAt }) => writableSeenAt)),
  }
}

/** Looks in order, those that say the same without a gap between them joined into one. */
export function addLook(looks: readonly WriteLook[], next: WriteLook): WriteLook[] {
  const last = looks.at(-1)
  const isSame =
    last?.state === next.state &&
    last.cause === next.cause &&
    last.leader === next.leader &&
    next.from.getTime() - last.to.getTime() <= longestGapMs
  return isSame ? [...looks.slice(0, -1), { ...last, to: next.to, lastWriteAt: next.lastWriteAt }] : [...looks, next]
}

/** What nobody looked at for longer than this counts as unseen: three looks at rest. */
export const longestGapMs = 6_000
