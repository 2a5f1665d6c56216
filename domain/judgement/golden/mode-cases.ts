import { dead, withMember } from '#domain/testing/change.ts'
import { healthyWorld, secondsBefore, type World, type WorldMember } from '#domain/testing/world.ts'
import { type GoldenCase, noon } from './golden-case.ts'

const ago = (seconds: number): Date => secondsBefore(noon, seconds)

/** Situations of how the cluster is set up or held: pause, schedules, synchronous modes, standby clusters. */
export const modeCases: GoldenCase[] = [
  {
    name: 'paused',
    about: 'Patroni has been paused for 20 minutes.',
    steps: [healthyWorld(ago(1202)), paused(healthyWorld(ago(1200))), paused(healthyWorld(noon))],
  },
  {
    name: 'paused-and-leader-key-absent',
    about: 'Paused, and the leader gave up its key while its Postgres goes on writing.',
    steps: [paused(healthyWorld(ago(60))), { ...paused(healthyWorld(noon)), leader: null, leaderChangedAt: ago(40) }],
  },
  {
    name: 'paused-and-patroni-stopped',
    about:
      'Paused, then Patroni was stopped on the leader 8 s ago; its Postgres goes on writing, its lease has not ended.',
    steps: [
      paused(healthyWorld(ago(60))),
      withMember(paused(healthyWorld(noon)), 'pg-node-3', { rest: { problem: 'refused', since: ago(8) } }),
    ],
  },
  {
    name: 'paused-and-unled-writer',
    about: 'The same once the lease has ended: nobody leads, and the Postgres without a Patroni still writes.',
    steps: [paused(healthyWorld(ago(60))), withoutLead(paused(healthyWorld(noon)))],
  },
  {
    name: 'paused-and-writer-unseen',
    about: 'The same where the console has no SQL: it cannot see whether that Postgres still writes.',
    steps: [
      { ...paused(healthyWorld(ago(60))), hasSql: false },
      { ...withoutLead(paused(healthyWorld(noon))), hasSql: false },
    ],
  },
  {
    name: 'pending-restart',
    about: 'max_connections was raised; two members wait for a restart.',
    steps: [
      healthyWorld(ago(2)),
      withMember(withMember(healthyWorld(noon), 'pg-node-1', waiting()), 'pg-node-3', waiting()),
    ],
  },
  {
    name: 'scheduled-switchover',
    about: 'A switchover to pg-node-1 is scheduled for the night.',
    steps: [
      healthyWorld(ago(2)),
      {
        ...healthyWorld(noon),
        scheduledSwitchover: { at: new Date('2026-11-24T02:00:00.000Z'), from: 'pg-node-3', to: 'pg-node-1' },
      },
    ],
  },
  {
    name: 'synchronous-mode',
    about: 'Synchronous mode with pg-node-1 in /sync: only it may take over, and nothing is lost.',
    steps: [synchronous(healthyWorld(noon), true, ['pg-node-1'])],
  },
  {
    name: 'quorum-mode',
    about: 'Patroni 4 in quorum mode, both replicas in /sync.',
    steps: [newPatroni(synchronous(healthyWorld(noon), 'quorum', ['pg-node-1', 'pg-node-2']))],
  },
  {
    name: 'synchronous-standby-missing',
    about: 'Strict synchronous mode, and both replicas died 20 s ago.',
    steps: [
      strict(synchronous(healthyWorld(ago(30)), true, ['pg-node-1'])),
      withMember(
        withMember(strict(synchronous(healthyWorld(noon), true, [])), 'pg-node-1', dead(ago(20), false)),
        'pg-node-2',
        dead(ago(20), false),
      ),
    ],
  },
  {
    name: 'synchronous-former-leader-alone',
    about:
      'Synchronous mode after an outage of the DCS: /sync names the former leader and no standby, so only it may lead.',
    steps: [
      synchronous(healthyWorld(ago(60)), true, []),
      {
        ...withMember(synchronous(healthyWorld(noon), true, []), 'pg-node-3', { postgres: 'standby' }),
        leader: null,
        leaderChangedAt: ago(4),
        syncLeader: 'pg-node-3',
      },
    ],
  },
  {
    name: 'standby-cluster',
    about: 'A standby cluster: its leader is rightly read-only.',
    steps: [standbyCluster(healthyWorld(noon))],
  },
  {
    name: 'standby-cluster-cut-off',
    about: 'The leader of a standby cluster has lost its stream from the primary site, and there is no archive.',
    steps: [
      standbyCluster(healthyWorld(ago(60))),
      withMember(standbyCluster(healthyWorld(noon)), 'pg-node-3', { state: 'running' }),
    ],
  },
  {
    name: 'standby-cluster-synchronous',
    about: 'A standby cluster with synchronous_mode on, which Patroni ignores there.',
    steps: [strict(synchronous(standbyCluster(healthyWorld(noon)), true, []))],
  },
  {
    name: 'standby-cluster-old-patroni',
    about: 'Patroni 3.0.2 does not tell whether the leader of a standby cluster streams: nothing is claimed.',
    steps: [oldPatroni(standbyCluster(healthyWorld(noon)))],
  },
]

function waiting(): Partial<WorldMember> {
  return { pendingRestart: { max_connections: { oldValue: '100', newValue: '200' } } }
}

function paused(world: World): World {
  return { ...world, config: { ...world.config, pause: true } }
}

/** Patroni on pg-node-3 was stopped and its lease has ended; its Postgres was left running. */
function withoutLead(world: World): World {
  const stopped = { rest: { problem: 'refused' as const, since: ago(45) }, isListed: false }
  return { ...withMember(world, 'pg-node-3', stopped), leader: null, leaderChangedAt: ago(15) }
}

function synchronous(world: World, mode: true | 'quorum', sync: string[]): World {
  return { ...world, sync, config: { ...world.config, synchronousMode: mode } }
}

function strict(world: World): World {
  return { ...world, config: { ...world.config, synchronousModeStrict: true } }
}

function newPatroni(world: World): World {
  return { ...world, members: world.members.map((member) => ({ ...member, patroniVersion: '4.1.4' })) }
}

function oldPatroni(world: World): World {
  return { ...world, members: world.members.map((member) => ({ ...member, patroniVersion: '3.0.2' })) }
}

function standbyCluster(world: World): World {
  return {
    ...withMember(world, 'pg-node-3', { postgres: 'standby', state: 'streaming' }),
    config: { ...world.config, standbyCluster: true },
    haproxy: 'none',
  }
}
