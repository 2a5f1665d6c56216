import { lastSeen } from '#domain/judgement/findings/console.ts'
import { type LeaderState, leaderStateOf } from '#domain/judgement/leader-state.ts'
import type { RepositoryChore } from '#domain/plan/repository-plan.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import { writersAtOnce } from '#domain/judgement/split-brain.ts'
import { choreFault } from './chore-fault.ts'
import type { RepositoryPlanning } from './planning.ts'

/** Everything that stands in the way of a chore on a repository; it is refused while there is any. */
export function repositoryBlockers(given: RepositoryPlanning): string[] {
  const { wish, node, agent, now } = given
  const unwell = wish.kind === 'repository-verify' ? null : clusterFault(given)
  if (unwell !== null) return [unwell]
  if (node === '')
    return ['Nobody leads, and no other node is known to read the repository. Wait until somebody leads.']
  const named = nameFault(given)
  const known = named ?? (wish.kind === 'stanza-create' ? null : stanzaFault(given))
  const kept = known ?? (wish.kind === 'repository-expire' ? expiryFault(given) : null)
  return [choreFault(wish.kind, node, agent, now), kept].filter((fault) => fault !== null)
}

/** Only reading needs no cluster that is well: nothing expires, and nothing is set up, by a doubtful one. */
function clusterFault({ snapshot, wish, now }: RepositoryPlanning): string | null {
  if (sightOf(snapshot, now) !== 'clear') {
    return `Matriarch does not see the cluster well enough to act. ${lastSeen(snapshot, now)}`
  }
  if (writersAtOnce(snapshot, now).length > 0) {
    return 'Two members take writes. End the split brain first: until then every backup may be the one that is needed.'
  }
  if (snapshot.isStandbyCluster) return 'A standby cluster has no primary of its own. Do this at the main site.'
  return leadFault(leaderStateOf(snapshot, now), wish.kind)
}

function leadFault(leader: LeaderState, kind: RepositoryChore): string | null {
  switch (leader.kind) {
    case 'working':
    case 'unmanaged':
      return null
    case 'unknown':
    case 'no-dcs':
    case 'none':
      return `Nobody leads for certain, and ${needs[kind]}. Wait until somebody does.`
    case 'promoting':
      return `${leader.member.name} is still being promoted. Wait until it takes writes.`
    case 'read-only':
    case 'not-running':
    case 'silent':
    case 'unreached':
      return `${leader.member.name} leads, but whether it takes writes is doubtful, and ${needs[kind]}.`
  }
}

const needs = {
  'repository-check': 'a check archives a segment of the leader',
  'repository-verify': '',
  'repository-expire': 'while the cluster is unwell every backup may be needed',
  'stanza-create': 'a repository is set up for the data of the leader',
} as const satisfies Record<RepositoryChore, string>

function nameFault({ stanza, wish, node }: RepositoryPlanning): string | null {
  const { repository } = wish
  if (!Number.isInteger(repository) || repository < 1 || repository > 256)
    return 'A repository is named by its number, 1 to 256.'
  if (/^[a-z0-9][a-z0-9_-]{0,62}$/.test(stanza)) return null
  return `It is not known which stanza of pgBackRest this cluster has: the agent on ${node} names none that can be used.`
}

function stanzaFault({ view, wish }: RepositoryPlanning): string | null {
  if (view === null) return null
  const { stanza, stanzaName, node } = view
  if (stanza === null) return `pgBackRest on ${node} knows no stanza ${stanzaName} yet. Set up the repository first.`
  if (wish.kind === 'repository-check' || stanza.repositories.some(({ key }) => key === wish.repository)) return null
  return `pgBackRest on ${node} knows no repository ${wish.repository}.`
}

function expiryFault({ view, wish, snapshot }: RepositoryPlanning): string | null {
  const { set, repository } = wish
  const running = snapshot.members.find(({ postgres }) => postgres?.backupRunning)
  if (view?.stanza?.backup.isRunning || running)
    return 'A backup is running. What it builds on must not go: wait for its end.'
  if (set === null) return null
  if (!/^\d{8}-\d{6}F(_\d{8}-\d{6}[DI])?$/.test(set)) return `${set} is no label of a backup.`
  const backups = (view?.stanza?.backups ?? []).filter((backup) => backup.repository === repository)
  if (view?.stanza && view.backupsLeftOut === 0 && !backups.some(({ label }) => label === set))
    return `Repository ${repository} holds no backup ${set}.`
  const fulls = backups.filter(({ type, isOfThisCluster }) => type === 'full' && isOfThisCluster)
  if (fulls.length === 1 && fulls[0]?.label === set)
    return `${set} is the only full backup of this cluster in repository ${repository}: without it nothing could be restored from there.`
  return null
}
