import type { Candidate } from './candidate.ts'
import { electionLagOf, fitnessOf, isIdle, type Purpose } from './candidate-fitness.ts'
import { candidateReason } from './candidate-words.ts'
import type { MemberSnapshot, Snapshot } from '#domain/snapshot/snapshot.ts'

/** Judges the members as the next leader by Patroni's rules (ha.py): the fit first, in the order they would win. The leader itself is listed for a switchover only. */
export function judgeCandidates(snapshot: Snapshot, now: Date, purpose: Purpose): Candidate[] {
  const judged = snapshot.members
    .filter((member) => purpose === 'switchover' || member.name !== snapshot.leader?.name)
    .map((member) => ({ member, code: fitnessOf(member, snapshot, now, purpose) }))
  const fit = rank(
    snapshot,
    judged.filter(({ code }) => code === 'fit').map(({ member }) => ({ member, lag: lagOf(member, snapshot) ?? 0 })),
  )
  return [
    ...fit.map(({ member, place }) => ({
      name: member.name,
      isFit: true,
      rank: place,
      lagBytes: lagOf(member, snapshot),
      reason: candidateReason(member, snapshot, now, { code: 'fit', place, rivals: rivalsOf(fit, place, member) }),
      code: 'fit' as const,
    })),
    ...judged
      .filter(({ code }) => code !== 'fit')
      .map(({ member, code }) => ({
        name: member.name,
        isFit: false,
        rank: null,
        lagBytes: code === 'missing' || code === 'is-leader' ? null : lagOf(member, snapshot),
        reason: candidateReason(member, snapshot, now, { code, place: 0, rivals: [] }),
        code,
      })),
  ]
}

/** Two lags closer than this, one WAL page, cannot be told apart by two looks at a cluster that is writing. */
export const indistinctBytes = 8192

interface Ranked {
  member: MemberSnapshot
  place: number
}

/** The newest WAL wins, and who does not stream falls behind from here on; among equals the higher failover_priority; what is still equal shares its place. */
function rank(snapshot: Snapshot, fit: { member: MemberSnapshot; lag: number }[]): Ranked[] {
  const isServed = leaderWorks(snapshot)
  let bandStart = -1
  let band = 0
  const banded = fit
    .toSorted((a, b) => a.lag - b.lag)
    .map(({ member, lag }) => {
      if (bandStart < 0 || lag - bandStart > indistinctBytes) {
        bandStart = lag
        band += 1
      }
      return { member, band: isServed && isIdle(member) ? band + fit.length : band, priority: priorityOf(member) }
    })
    .toSorted((a, b) => a.band - b.band || b.priority - a.priority || (a.member.name < b.member.name ? -1 : 1))
  let place = 0
  return banded.map((entry, index) => {
    const before = banded[index - 1]
    if (!before || before.band !== entry.band || before.priority !== entry.priority) place = index + 1
    return { member: entry.member, place }
  })
}

/** Where the leader itself does not work, nobody streams, and that tells nothing of a replica. */
function leaderWorks({ leader, members, isStandbyCluster }: Snapshot): boolean {
  return members.some(({ name, isWritable }) => name === leader?.name && (isWritable === true || isStandbyCluster))
}

function rivalsOf(fit: Ranked[], place: number, member: MemberSnapshot): string[] {
  return fit.filter((other) => other.place === place && other.member !== member).map((other) => other.member.name)
}

function priorityOf(member: MemberSnapshot): number {
  const priority = Number(member.tags['failover_priority'] ?? 1)
  return Number.isFinite(priority) ? priority : 1
}

/** How far a member is behind, as far as the looks prove. */
function lagOf(member: MemberSnapshot, snapshot: Snapshot): number | null {
  return typeof member.receiveLag === 'number' ? member.receiveLag : electionLagOf(member, snapshot)
}
