import { lastSeen } from '#domain/judgement/findings/console.ts'
import { type LeaderState, leaderStateOf } from '#domain/judgement/leader-state.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import { writersAtOnce } from '#domain/judgement/split-brain.ts'
import { agentFault } from './agent-fault.ts'
import type { BackupPlanning } from './planning.ts'

/** Everything that stands in the way of a backup; it is refused while there is any. */
export function backupBlockers(given: BackupPlanning): string[] {
  const { snapshot, now, node, agent, wish, stanza } = given
  if (sightOf(snapshot, now) !== 'clear') {
    return [`Matriarch does not see the cluster well enough to act. ${lastSeen(snapshot, now)}`]
  }
  if (writersAtOnce(snapshot, now).length > 0) {
    return ['Two members take writes. End the split brain first: a backup would keep one of two truths.']
  }
  const lead = leadFault(leaderStateOf(snapshot, now))
  if (lead !== null) return [lead]
  if (snapshot.isStandbyCluster) {
    return ['A standby cluster has no primary of its own, and pgBackRest needs one. Back up at the main site.']
  }
  if (node === '') return ['No replica follows the leader, so there is none to read from. Back up from the leader.']
  const fault = agentFault(node, agent, now)
  const blockers = fault === null ? [] : [fault]
  if (!stanzaForm.test(stanza)) blockers.push(stanzaSentence(stanza, node))
  if (!isRepository(wish.repository)) blockers.push('A repository is named by its number, 1 to 256.')
  return blockers
}

const stanzaForm = /^[a-z0-9][a-z0-9_-]{0,62}$/

function isRepository(repository: number): boolean {
  return Number.isInteger(repository) && repository >= 1 && repository <= 256
}

function stanzaSentence(stanza: string, node: string): string {
  return stanza === ''
    ? `It is not known which stanza of pgBackRest this cluster has. Name it, as the configuration on ${node} does.`
    : `${stanza} is no name of a stanza that an agent takes: small letters, digits, dashes and underscores.`
}

/** Why there is nobody to begin and end the backup on; Patroni itself need not answer for it. */
function leadFault(leader: LeaderState): string | null {
  switch (leader.kind) {
    case 'working':
    case 'unmanaged':
      return null
    case 'unknown':
      return 'Matriarch cannot tell who leads.'
    case 'no-dcs':
      return 'No member reaches the DCS, so nobody leads for certain. Bring etcd back first.'
    case 'none':
      return 'Nobody leads, and a backup begins and ends on the leader. Wait until somebody does.'
    case 'promoting':
      return `${leader.member.name} is still being promoted. Wait until it takes writes.`
    case 'read-only':
    case 'not-running':
      return `${leader.member.name} leads but takes no writes, so a backup can neither begin nor end on it.`
    case 'silent':
    case 'unreached':
      return `Patroni on the leader ${leader.member.name} does not answer, so whether its Postgres runs cannot be told.`
  }
}
