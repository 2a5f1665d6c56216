import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { ClusterReadings, MemberReadings } from '#domain/snapshot/readings.ts'
import { dcsReadings, historyOf } from './dcs-readings.ts'
import { haproxyReadings } from './haproxy-readings.ts'
import { problem, seen } from './seen.ts'
import { secondsBefore, type World, type WorldMember } from './world.ts'
import { viewOf } from './world-view.ts'

/** What a console that looks at a world at its moment reads from it. Earlier good values of what fails now are kept, as a collector keeps them. */
export function readingsOf(world: World): ClusterReadings {
  const canReachDcs = world.membersLostDcsAt === null || world.membersLostDcsAt > secondsBefore(world.at, 12)
  return {
    clusterId: '6f1c3f0e-7f55-4f0e-9a37-0c0a3c1b6a01',
    clusterName: 'postgres-cluster',
    members: world.members.map((member) =>
      world.wasEverSeen ? memberReadings(member, world, canReachDcs) : neverAnswered(member, world),
    ),
    etcd: dcsReadings(world),
    haproxy: haproxyReadings(world),
    config: { good: world.wasEverSeen ? { value: world.config, observedAt: world.at } : null, problem: null },
    history: { good: world.wasEverSeen ? { value: historyOf(world), observedAt: world.at } : null, problem: null },
  }
}

function neverAnswered(member: WorldMember, world: World): MemberReadings {
  const { host, rest } = member
  const trouble = rest && problem(rest, world.at, `Nothing answers on ${host}:8008.`)
  return {
    name: `${host}:8008`,
    apiUrl: `http://${host}:8008`,
    status: { good: null, problem: trouble },
    clusterView: { good: null, problem: trouble },
    postgres: null,
    pooler: null,
  }
}

function memberReadings(member: WorldMember, world: World, canReachDcs: boolean): MemberReadings {
  const { at } = world
  const { name, rest, sql, isolated } = member
  const lastLook = rest ? secondsBefore(rest.since, 2) : at
  const isMute = rest === null && isolated !== null && isolated.last < secondsBefore(at, 20)
  return {
    name,
    apiUrl: `http://${member.host}:8008`,
    status: seen(
      statusOf(member, world),
      lastLook,
      rest && problem(rest, at, `${name} does not answer on ${member.host}:8008.`),
    ),
    clusterView: seen(
      viewOf(world, isolated ? isolated.leader : world.leader),
      viewedAt(world, isMute && isolated ? isolated.last : lastLook),
      rest || isMute || !canReachDcs
        ? problem(
            rest ?? { problem: 'empty-reply', since: secondsBefore(at, 4) },
            at,
            `${name} gives no view of the cluster.`,
          )
        : null,
    ),
    postgres: world.hasSql
      ? {
          good:
            member.postgres === null && sql === null
              ? null
              : {
                  value: {
                    inRecovery: member.postgres !== 'primary',
                    timeline: member.timeline,
                    systemIdentifier: member.systemIdentifier,
                    longestTransaction:
                      member.longestTransactionSeconds === null
                        ? null
                        : {
                            seconds: member.longestTransactionSeconds,
                            pid: 4711,
                            application: 'reporting',
                            user: 'app',
                          },
                    backupRunning: member.backupRunning,
                  },
                  observedAt: sql ? secondsBefore(sql.since, 2) : at,
                },
          problem: sql && problem(sql, at, `${name} does not answer on ${member.host}:5432.`),
        }
      : null,
    pooler: seen(
      { port: 6432 },
      member.poolerDownSince ?? at,
      member.poolerDownSince &&
        problem({ problem: 'refused', since: member.poolerDownSince }, at, `Nothing listens on ${member.host}:6432.`),
    ),
  }
}

/** Members that have lost the DCS answered `/cluster` for the last time some seconds after the loss. */
function viewedAt({ at, membersLostDcsAt }: World, lastLook: Date): Date {
  const closedAt = membersLostDcsAt ? secondsBefore(membersLostDcsAt, -12) : at
  return lastLook < closedAt ? lastLook : closedAt
}

function statusOf(member: WorldMember, world: World): PatroniStatus {
  const { at } = world
  const isPrimary = member.postgres === 'primary'
  const tellsReplicationState = !member.patroniVersion.startsWith('3.0.2')
  const isRunning = member.postgres !== null
  return {
    name: member.name,
    scope: 'postgres-cluster',
    patroniVersion: member.patroniVersion,
    state:
      isRunning && (member.state === 'streaming' || member.state === 'in archive recovery') ? 'running' : member.state,
    role: roleOf(member, world),
    serverVersion: isRunning ? 150_020 : null,
    postmasterStartedAt: isRunning ? secondsBefore(at, 532_900) : null,
    timeline: isRunning ? member.timeline : null,
    wal: walOf(member),
    replicationState:
      tellsReplicationState && isRunning && !isPrimary && member.state !== 'running' ? member.state : null,
    replication: isRunning
      ? world.members
          .filter(({ streamsFrom, postgres }) => streamsFrom === member.name && postgres !== null)
          .map(({ name, host }) => ({
            applicationName: name,
            clientAddress: host,
            state: 'streaming',
            syncState: world.sync?.includes(name) ? 'sync' : 'async',
          }))
      : [],
    syncStandby: world.config.synchronousMode === true && (world.sync?.includes(member.name) ?? false),
    quorumStandby: world.config.synchronousMode === 'quorum' && (world.sync?.includes(member.name) ?? false),
    pause: world.config.pause,
    clusterUnlocked: world.leader === null,
    failsafeActive: member.failsafeActive,
    watchdogFailed: member.watchdogFailed,
    dcsLastSeenAt: member.isolated?.last ?? world.membersLostDcsAt ?? secondsBefore(at, 3),
    systemIdentifier: member.systemIdentifier,
    tags: member.tags,
    pendingRestart: member.pendingRestart !== null,
    pendingRestartReason: member.pendingRestart ?? {},
    scheduledRestartAt: null,
  }
}

function roleOf(member: WorldMember, world: World): string {
  if (member.postgres === 'primary') return 'primary'
  if (world.config.standbyCluster && member.name === world.leader) return 'standby_leader'
  return member.postgres === null && member.name === world.leader ? 'demoted' : 'replica'
}

function walOf(member: WorldMember): PatroniStatus['wal'] {
  if (member.postgres === null) return null
  if (member.postgres === 'primary') return { kind: 'primary', lsn: member.lsn }
  return {
    kind: 'standby',
    receivedLsn: member.lsn,
    replayedLsn: member.replayedLsn,
    replayedAt: null,
    paused: false,
  }
}
