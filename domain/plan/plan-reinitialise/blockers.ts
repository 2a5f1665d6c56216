import { lastSeen } from '#domain/judgement/findings/console.ts'
import { forAge } from '#domain/format.ts'
import { leaderStateOf, type LeaderState } from '#domain/judgement/leader-state.ts'
import { answers, silence } from '#domain/snapshot/reachability.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import { writersAtOnce } from '#domain/judgement/split-brain.ts'
import type { ReinitialisePlanning } from './planning.ts'

/** Everything that stands in the way; nothing is sent while there is any. */
export function blockersOf(given: ReinitialisePlanning): string[] {
  const { snapshot, wish, now, member, leader } = given
  const { member: name, force } = wish
  if (member === null) return [`${snapshot.clusterName} has no member ${name}.`]
  if (sightOf(snapshot, now) !== 'clear') {
    return [`Matriarch does not see the cluster well enough to act. ${lastSeen(snapshot, now)}`]
  }
  if (name === leader) {
    return [`${name} leads: only a replica is copied anew. Switch over first if it is ${name} that must be.`]
  }
  if (writersAtOnce(snapshot, now).length > 0) {
    return ['Two members take writes. End the split brain first: it is not known whose data is to be kept.']
  }
  const ofLeader = leaderBlocker(leaderStateOf(snapshot, now))
  if (ofLeader !== null) return [ofLeader]
  if (!member.isListed) return [`${name} is not in the cluster now: Patroni there does not run, or is cut off.`]
  if (!answers(member, now)) {
    return [
      `Patroni on ${name} ${silence(member.problem)}${forAge(member.problem?.since, now)}, so it cannot be asked. Bring it back first.`,
    ]
  }
  if (member.state === 'creating replica' && !force) {
    return [`Patroni on ${name} is copying already. Wait for that; only with force is it ended and begun anew.`]
  }
  return []
}

/** Why there is nobody to copy from; null where there is. */
function leaderBlocker(leader: LeaderState): string | null {
  switch (leader.kind) {
    case 'working':
      return null
    case 'unknown':
      return 'Matriarch cannot tell who leads.'
    case 'no-dcs':
      return 'No member reaches the DCS, and without it Patroni copies nothing. Bring etcd back first.'
    case 'none':
      return 'Nobody leads, so there is nobody to copy from, and Patroni refuses. This replica may be what is left of the data: get a leader first.'
    case 'promoting':
      return `${leader.member.name} is still being promoted. Wait until it takes writes.`
    case 'read-only':
    case 'not-running':
      return `${leader.member.name} leads but takes no writes. Mend the leader first: this replica may be what is left of the data.`
    case 'silent':
    case 'unmanaged':
    case 'unreached':
      return `Patroni on the leader ${leader.member.name} does not answer. Mend the leader first: this replica may be what is left of the data.`
  }
}
