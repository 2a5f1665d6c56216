import { dead, withMember } from '#domain/testing/change.ts'
import { baseLsn, healthyWorld, secondsBefore, type World, type WorldMember } from '#domain/testing/world.ts'
import { type GoldenCase, noon } from './golden-case.ts'

const ago = (seconds: number): Date => secondsBefore(noon, seconds)

/** Situations of the replicas: who is there, how far they are, who may take over. */
export const replicaCases: GoldenCase[] = [
  { name: 'healthy', about: 'All is well.', steps: [healthyWorld(ago(2)), healthyWorld(noon)] },
  {
    name: 'one-replica-down',
    about: 'pg-node-2 died 4 minutes ago and is no longer listed.',
    steps: [healthyWorld(ago(275)), node2Gone(ago(240)), node2Gone(noon)],
  },
  {
    name: 'member-long-gone',
    about: 'pg-node-2 has been gone for 8 days: most likely it was taken away.',
    steps: [healthyWorld(ago(8 * 86_400 + 35)), node2Gone(ago(8 * 86_400)), node2Gone(noon)],
  },
  {
    name: 'replica-lagging',
    about: 'pg-node-1 is 212 MB behind, past maximum_lag_on_failover; pg-node-2 is level.',
    steps: [healthyWorld(ago(60)), node1Lags(healthyWorld(ago(40))), node1Lags(healthyWorld(noon))],
  },
  {
    name: 'no-candidate',
    about: 'pg-node-1 is 212 MB behind and pg-node-2 has been gone for 4 minutes.',
    steps: [healthyWorld(ago(275)), node2Gone(ago(240)), node1Lags(node2Gone(ago(40))), node1Lags(node2Gone(noon))],
  },
  {
    name: 'lag-just-begun',
    about:
      'The only replica fell 212 MB behind 2 s ago; on a busy cluster that mostly passes, so it is no finding yet.',
    steps: [healthyWorld(ago(275)), node2Gone(ago(240)), node1Lags(node2Gone(ago(2))), node1Lags(node2Gone(noon))],
  },
  {
    name: 'replicas-hidden-and-pooler-down',
    about:
      "Both replicas are hidden from the console, and the leader's pooler has been down for a minute: that comes first.",
    steps: [hiddenReplicas(healthyWorld(ago(60))), poolerDown(hiddenReplicas(healthyWorld(noon)))],
  },
  {
    name: 'alone',
    about: 'The cluster has one member only.',
    steps: [
      {
        ...healthyWorld(noon),
        members: healthyWorld(noon).members.slice(2),
        haproxy: { primary: ['pg-node-3'], replicas: [] },
      },
    ],
  },
  {
    name: 'five-members',
    about: 'Four replicas, one of them a little behind.',
    steps: [fiveMembers(noon)],
  },
  {
    name: 'timelines-differ',
    about: 'pg-node-2 is still on timeline 3 and streams from nobody.',
    steps: [
      withMember(healthyWorld(noon), 'pg-node-2', {
        timeline: 3,
        state: 'running',
        streamsFrom: null,
        lsn: baseLsn - 5_000_000,
      }),
    ],
  },
  {
    name: 'nofailover-tag',
    about: 'pg-node-2 is tagged nofailover: not a fault, but it does not count.',
    steps: [withMember(healthyWorld(noon), 'pg-node-2', { tags: { nofailover: true } })],
  },
  {
    name: 'replica-not-streaming',
    about: 'Patroni 3.0.2: pg-node-2 says running, and the DCS a lag of 0, but no walsender serves it.',
    steps: [
      oldPatroni(
        withMember(healthyWorld(noon), 'pg-node-2', { state: 'running', streamsFrom: null, lsn: baseLsn - 3000 }),
      ),
    ],
  },
  {
    name: 'old-patroni',
    about: 'Patroni 3.0.2 everywhere: states say running, streaming is known from the walsenders.',
    steps: [oldPatroni(healthyWorld(noon))],
  },
  {
    name: 'rolling-upgrade',
    about: 'Three versions of Patroni at once.',
    steps: [
      withMember(
        withMember(withMember(healthyWorld(noon), 'pg-node-1', { patroniVersion: '4.1.4' }), 'pg-node-2', {
          patroniVersion: '3.0.2',
        }),
        'pg-node-3',
        { patroniVersion: '4.0.7' },
      ),
    ],
  },
  {
    name: 'replica-rebuilding',
    about: 'pg-node-2 is being rebuilt from a copy.',
    steps: [
      healthyWorld(ago(2)),
      withMember(healthyWorld(noon), 'pg-node-2', {
        state: 'creating replica',
        postgres: null,
        sql: { problem: 'refused', since: ago(4) },
        streamsFrom: null,
      }),
    ],
  },
  {
    name: 'replay-behind',
    about: 'pg-node-1 has received everything but has 4 GB yet to replay.',
    steps: [withMember(withLeaderAt(healthyWorld(noon), 5_000_000_000), 'pg-node-1', { replayedLsn: 1_000_000_000 })],
  },
  {
    name: 'foreign-member',
    about: 'pg-node-2 holds the data of another cluster, and the watchdog of pg-node-1 has failed.',
    steps: [
      withMember(
        withMember(healthyWorld(noon), 'pg-node-2', { systemIdentifier: '7700000000000000001' }),
        'pg-node-1',
        { watchdogFailed: true },
      ),
    ],
  },
]

function node2Gone(at: Date): World {
  const world = withMember(healthyWorld(at), 'pg-node-2', dead(ago(270), false))
  return { ...world, haproxy: { primary: ['pg-node-3'], replicas: ['pg-node-1'] } }
}

function hiddenReplicas(world: World): World {
  const hidden = {
    rest: { problem: 'timeout' as const, since: ago(90) },
    sql: { problem: 'timeout' as const, since: ago(90) },
  }
  return withMember(withMember(world, 'pg-node-1', hidden), 'pg-node-2', hidden)
}

function poolerDown(world: World): World {
  return withMember(world, 'pg-node-3', { poolerDownSince: ago(60) })
}

function node1Lags(world: World): World {
  return withMember(withLeaderAt(world, baseLsn + 212_000_000), 'pg-node-1', {
    lsn: baseLsn,
    replayedLsn: baseLsn - 500_000,
  })
}

/** A world whose leader has written up to there; whoever is at the base follows. */
function withLeaderAt(world: World, lsn: number): World {
  const members = world.members.map((member) => ({ ...member, lsn, replayedLsn: lsn }))
  return { ...world, optimeLsn: lsn, members }
}

function oldPatroni(world: World): World {
  return { ...world, members: world.members.map((member) => ({ ...member, patroniVersion: '3.0.2' })) }
}

function fiveMembers(at: Date): World {
  const world = healthyWorld(at)
  const [first] = world.members
  if (!first) return world
  const more: WorldMember[] = [
    { ...first, name: 'pg-node-4', host: '10.0.1.13' },
    { ...first, name: 'pg-node-5', host: '10.0.1.14', lsn: baseLsn - 400_000, replayedLsn: baseLsn - 500_000 },
  ]
  return {
    ...world,
    members: [...world.members, ...more],
    haproxy: { primary: ['pg-node-3'], replicas: ['pg-node-1', 'pg-node-2', 'pg-node-4', 'pg-node-5'] },
  }
}
