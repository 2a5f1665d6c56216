import { agentFault, agentOf, type AgentTask } from '#domain/agent/agent-fault.ts'
import { checkFault } from '#domain/recovery/check-fault.ts'
import { type NodePlace, placeFaults } from '#domain/recovery/data-place.ts'
import { lastSeen } from '#domain/judgement/findings/console.ts'
import { forAge, formatAge } from '#domain/format.ts'
import type { LeaderState } from '#domain/judgement/leader-state.ts'
import { leaderStateOf } from '#domain/judgement/leader-state.ts'
import { isGone } from '#domain/snapshot/reachability.ts'
import { etcdKeysAreCurrent, sightOf } from '#domain/snapshot/sight.ts'
import { writersAtOnce } from '#domain/judgement/split-brain.ts'
import { backupsFault } from './backups-fault.ts'
import type { RestorePlanning } from './planning.ts'
import { roomFaults } from './room-faults.ts'
import { unshut, unshutFault } from './unshut.ts'

/** Everything that stands in the way of a recovery in place; it is refused while there is any. */
export function restoreBlockers(given: RestorePlanning): string[] {
  const { snapshot, now } = given
  if (sightOf(snapshot, now) !== 'clear') {
    return [`Matriarch does not see the cluster well enough to act. ${lastSeen(snapshot, now)}`]
  }
  if (writersAtOnce(snapshot, now).length > 0) {
    return ['Two members take writes. End the split brain first: nobody can tell which data is to go back.']
  }
  const lead = leadFault(leaderStateOf(snapshot, now), now)
  if (lead !== null) return [lead]
  return [
    ...clusterFaults(given),
    ...runningFaults(given),
    ...agentFaults(given),
    ...placeFaults(placesOf(given)),
    ...backupsFault({ ...given, target: given.wish.target }),
    ...roomFaults(given),
    ...checkFault(given.wish.check),
    ...clientsFault(given),
  ]
}

function leadFault(leader: LeaderState, now: Date): string | null {
  switch (leader.kind) {
    case 'working':
      return isGone(leader.member.problem, now) ? silent(leader.member.name) : null
    case 'unknown':
      return 'Matriarch cannot tell who leads.'
    case 'no-dcs':
      return 'No member reaches the DCS, and the recovered data is handed over through it. Bring etcd back first.'
    case 'none':
      return 'Nobody leads. Let somebody lead first: what is not archived yet is archived by the leader, or it is lost.'
    case 'promoting':
      return `${leader.member.name} is still being promoted. Wait until it takes writes.`
    case 'read-only':
    case 'not-running':
      return `${leader.member.name} leads but takes no writes, so what it has not archived yet cannot be archived.`
    case 'silent':
    case 'unmanaged':
    case 'unreached':
      return silent(leader.member.name)
  }
}

function silent(leader: string): string {
  return `Patroni on the leader ${leader} does not answer, so whether it lets itself be stopped in order cannot be told.`
}

function clusterFaults({ snapshot, now }: RestorePlanning): string[] {
  const faults: string[] = []
  if (snapshot.isStandbyCluster) {
    faults.push('A standby cluster follows another site and would do so again. Recover the main site.')
  }
  if (snapshot.pause) {
    faults.push('Patroni is paused, and while it is, stopping it leaves Postgres running. End the pause first.')
  }
  if (snapshot.etcd === null) {
    faults.push(
      'Matriarch was not given the addresses of etcd for this cluster. It must clear what etcd says of the old data: add them to the cluster.',
    )
  } else if (!etcdKeysAreCurrent(snapshot, now)) {
    faults.push(
      'etcd does not answer Matriarch now, and what it says of the old data must be cleared. See to it first.',
    )
  }
  return faults
}

function runningFaults({ runningBackup, backups, now }: RestorePlanning): string[] {
  if (runningBackup) {
    const { requestedBy, requestedAt } = runningBackup
    return [
      `A backup that ${requestedBy} asked for ${formatAge(requestedAt, now)} ago is running. Wait for it, or cancel it.`,
    ]
  }
  const faults: string[] = []
  if (backups?.stanza?.backup.isRunning) {
    faults.push('pgBackRest is taking or expiring backups of this cluster now. Wait until it has ended, or end it.')
  }
  if (backups?.stanza?.restore.isRunning)
    faults.push('A restore of this stanza is running already. Wait for it to end.')
  return faults
}

/** Only pgBouncer keeps clients out once Postgres takes writes. */
function clientsFault(given: RestorePlanning): string[] {
  const without = unshut(given)
  return given.wish.clientsBack === 'end' && without.length > 0 ? [unshutFault(without)] : []
}

/** Every node must be proven down, so every node is asked. */
function agentFaults({ node, replicas, agents, now }: RestorePlanning): string[] {
  return [node, ...replicas.map(({ name }) => name)].flatMap((name) => {
    const fault = agentFault(name, agentOf(agents, name), now, name === node ? restoring : standingAside)
    if (fault === null) return []
    const { missingSince = null } = replicas.find((replica) => replica.name === name) ?? {}
    const gone =
      missingSince === null
        ? ''
        : ` ${name} has been gone${forAge(missingSince, now)}, and must be proven down all the same.`
    return [`${fault}${gone}`]
  })
}

const everywhere =
  'patroni patroni-stop patroni-start patroni-mask patroni-unmask data data-move-aside data-put-back data-discard clients-fence clients-release'.split(
    ' ',
  )

const standingAside: AgentTask = {
  need: 'stop Patroni and build the replica anew',
  name: 'what a recovery needs there',
  vetoes: new Set(everywhere),
}

const onNode =
  'restore postgres pgbackrest pgbackrest-restore postgres-mark-wal postgres-recover-start postgres-promote postgres-retarget postgres-stop'.split(
    ' ',
  )

const restoring: AgentTask = {
  need: 'restore the backup',
  name: 'what a recovery needs there',
  vetoes: new Set([...everywhere, ...onNode]),
}

/** Replicas too, whatever the way back is made of: each is built anew, with its old data set aside. */
function placesOf({ node, replicas, agents }: RestorePlanning): NodePlace[] {
  return [node, ...replicas.map(({ name }) => name)].map((name) => ({
    node: name,
    place: agentOf(agents, name)?.dataPlace,
  }))
}
