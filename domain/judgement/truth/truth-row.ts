import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { listNames } from '#domain/words.ts'
import { claimOf, type LeadClaim } from './lead-claim.ts'
import { expectedLead, standingOf, type Standing } from './standing.ts'

/** Who leads by one source. */
export interface TruthRow {
  source: 'leader-key' | LeadClaim['source'] | 'pgbouncer'
  /** Whom it was asked of, e.g. `HAProxy's servers that are up in primary`. */
  title: string
  /** Whose pooler; null for all others. */
  member: string | null
  /** Members by name, empty = nobody; null = it is not seen now. */
  says: string[] | null
  sentence: string
  asOf: Date | null
  standing: Standing
}

interface Words {
  source: LeadClaim['source']
  title: string
  /** What who is named does, of one: `takes writes`. */
  verb: string
  nobody: string
  /** Said where it never told anything. */
  nothing: string
}

/** The row of a source whose word the snapshot keeps; in a standby cluster nobody takes writes, and rightly. */
export function claimRow({ source, title, verb, nobody, nothing }: Words, snapshot: Snapshot, now: Date): TruthRow {
  const claim = claimOf(snapshot, source)
  const standing = standingOf(claim, expectedLead(snapshot), snapshot, now)
  if (claim === null) {
    return { source, title, member: null, says: null, sentence: nothing, asOf: null, standing: 'unseen' }
  }
  const isApart = snapshot.isStandbyCluster && source !== 'patroni' && standing !== 'unseen'
  const unseen = claim.unseen.length === 0 ? '' : ` Not seen: ${listNames(claim.unseen)}.`
  const who = claim.says.length === 0 ? nobody : listNames(claim.says)
  const does = claim.says.length > 1 ? verb.replace(/s\b/, '') : verb
  return {
    source,
    title,
    member: null,
    says: standing === 'unseen' ? null : claim.says,
    sentence: `${who} ${does}.${unseen}`,
    asOf: claim.seenAt,
    standing: isApart ? 'apart' : standing,
  }
}
