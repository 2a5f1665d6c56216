import type { DcsKeys, EtcdEndpointStatus } from '#domain/snapshot/dcs.ts'
import type { ProblemKind } from '#domain/snapshot/reading.ts'
import type { EtcdReadings } from '#domain/snapshot/readings.ts'
import { problem, seen } from './seen.ts'
import { secondsBefore, type World } from './world.ts'
import { stateIn } from './world-view.ts'

const endpoints = [
  { name: 'etcd-1', url: 'http://10.0.1.20:2379' },
  { name: 'etcd-2', url: 'http://10.0.1.21:2379' },
  { name: 'etcd-3', url: 'http://10.0.1.22:2379' },
]

/** What reading etcd brings: its keys, proof of quorum, and each endpoint's status. */
export function dcsReadings(world: World): EtcdReadings | null {
  const { at, etcd } = world
  if (etcd === 'none') return null
  const lost = etcd === 'no-quorum'
  const trouble = troubleOf(world)
  const lastLook = trouble ? secondsBefore(trouble.since, 1) : at
  const sentence = lost ? 'etcd did not answer a linearizable read within 2 s.' : 'Nothing answers on 10.0.1.20:2379.'
  const failure = trouble && problem(trouble, at, sentence)
  return {
    keys: seen(keysOf(world), lastLook, failure),
    quorum: seen({ revision: '4711' }, lastLook, failure),
    endpoints: endpoints.map(({ name, url }, index) => {
      const isDown = world.etcdDown.includes(name) || (etcd === 'no-quorum' && index > 0)
      const down = isDown ? { problem: 'refused' as const, since: secondsBefore(at, 90) } : null
      const own = lost ? down : (trouble ?? down)
      return {
        url,
        status: seen(
          statusOf(name, world),
          own ? secondsBefore(own.since, 1) : at,
          own && problem(own, at, `Nothing answers on ${url}.`),
        ),
      }
    }),
  }
}

function troubleOf({ at, etcd }: World): { problem: ProblemKind; since: Date } | null {
  if (etcd === 'no-quorum') return { problem: 'timeout', since: secondsBefore(at, 12) }
  return typeof etcd === 'string' ? null : etcd
}

function keysOf(world: World): DcsKeys {
  return {
    leader: world.leader,
    leaderChangedAt: world.leaderChangedAt,
    members: world.members
      .filter(({ isListed }) => isListed)
      .map((member) => ({
        name: member.name,
        apiUrl: `http://${member.host}:8008/patroni`,
        host: member.host,
        port: 5432,
        state: stateIn(member, member.name === world.leader),
        role: member.name === world.leader ? 'primary' : 'replica',
        timeline: member.timeline,
        lsn: member.postgres === null ? null : member.lsn,
        tags: member.tags,
        pendingRestart: member.pendingRestart !== null,
        pause: world.config.pause,
        patroniVersion: member.patroniVersion,
      })),
    systemIdentifier: world.systemIdentifier,
    config: world.config,
    optimeLsn: world.optimeLsn,
    failover: world.scheduledSwitchover && {
      leader: world.scheduledSwitchover.from,
      candidate: world.scheduledSwitchover.to,
      scheduledAt: world.scheduledSwitchover.at,
    },
    sync: world.sync && {
      leader: world.syncLeader ?? world.leader,
      syncStandbys: world.sync,
      quorum: world.config.synchronousMode === 'quorum' ? 1 : 0,
    },
    history: historyOf(world),
    revision: '4711',
  }
}

/** The lines of `/history`, which are the same as those of the key. */
export function historyOf({ history }: World): DcsKeys['history'] {
  return history.map(({ timeline, newLeader, endedAt }) => ({
    timeline,
    lsn: 100_663_456,
    reason: 'no recovery target specified',
    endedAt,
    newLeader,
  }))
}

function statusOf(name: string, { etcd, etcdAlarm }: World): EtcdEndpointStatus {
  const isAlone = etcd === 'no-quorum'
  return {
    memberId: memberIdOf(name),
    name,
    version: '3.5.16',
    leaderId: isAlone ? null : memberIdOf('etcd-1'),
    raftTerm: 3,
    dbSizeBytes: 65_536,
    alarms: etcdAlarm ? [{ memberId: memberIdOf(etcdAlarm.name), kind: etcdAlarm.kind }] : [],
  }
}

function memberIdOf(name: string): string {
  return `8e9e05c52164694${name.slice(-1)}`
}
