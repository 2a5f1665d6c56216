import { answers } from '#domain/snapshot/reachability.ts'
import { listNames } from '#domain/words.ts'
import { failoverLoss } from './loss.ts'
import type { FailoverPlanning } from './planning.ts'

/** What will happen, in the order in which it happens; empty where nobody is named. */
export function failoverSentences(given: FailoverPlanning): string[] {
  const { snapshot, wish, leader, formerLeader, candidates } = given
  const { candidate, now } = wish
  if (candidate === null || !candidates.some(({ name }) => name === candidate)) return []
  const others = snapshot.members.filter(({ name }) => name !== candidate && name !== leader && name !== formerLeader)
  const there = others.filter((member) => answers(member, now)).map(({ name }) => name)
  const old = leader ?? formerLeader
  const loss = failoverLoss(given)
  return [
    leader === null
      ? `Matriarch asks Patroni on ${candidate} to take the lead: ${candidate} writes the request into the DCS and takes the leader key.`
      : `Matriarch asks Patroni on ${leader} to give up the lead to ${candidate}; ${leader} stops its Postgres.`,
    snapshot.isStandbyCluster
      ? `${candidate} leads the standby cluster and replicates from the other site.`
      : `${candidate} is promoted as it is and takes writes on a new timeline; ${loss?.isNothing ? 'nothing is lost' : 'what it does not hold is lost'}.`,
    ...(there.length > 0 ? [`${listNames(there)} ${there.length === 1 ? 'follows' : 'follow'} ${candidate}.`] : []),
    ...(old === null || old === candidate
      ? []
      : [
          `${old} comes back as a replica of ${candidate} once its Patroni runs; what it alone holds is thrown away then. Copy its data directory before, if that is wanted.`,
        ]),
    `Matriarch then checks that ${candidate} holds the leader key and ${snapshot.isStandbyCluster ? 'replicates' : 'alone takes writes'}.`,
  ]
}
