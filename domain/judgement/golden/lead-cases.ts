import { afterTakeover, dead, withMember } from '#domain/testing/change.ts'
import { baseLsn, healthyWorld, secondsBefore, type World, type WorldMember } from '#domain/testing/world.ts'
import { type GoldenCase, noon } from './golden-case.ts'

const ago = (seconds: number): Date => secondsBefore(noon, seconds)

/** Situations around the lead itself. */
export const leadCases: GoldenCase[] = [
  {
    name: 'dead-leader-still-listed',
    about:
      'The machine of the leader died 6 s ago; its lease has not ended, so the DCS still lists it as leader, running.',
    steps: [healthyWorld(ago(9)), leaderDied(healthyWorld(noon), 6, true)],
  },
  {
    name: 'leader-key-absent',
    about: 'The lease of the dead leader has ended; nobody has taken the key yet.',
    steps: [
      healthyWorld(ago(32)),
      leaderDied(healthyWorld(ago(2)), 28, true),
      { ...leaderDied(healthyWorld(noon), 30, false), leader: null, leaderChangedAt: ago(1.4) },
    ],
  },
  {
    name: 'former-leader-ahead',
    about:
      'pg-node-3 lost etcd 65 s ago and stepped down after its lease had ended: what it wrote at last reached nobody, and the others, which it answers, wait for it.',
    steps: [healthyWorld(ago(68)), formerAhead(noon)],
  },
  {
    name: 'failover',
    about: 'Death of the leader, end of its lease, promotion of pg-node-1, and the dead one still away.',
    steps: failover(),
  },
  {
    name: 'leader-not-running',
    about: 'The leader key is held by a member whose Postgres has crashed; its Patroni answers.',
    steps: [
      healthyWorld(ago(4)),
      withMember(withMember(healthyWorld(noon), 'pg-node-3', crashed()), 'pg-node-1', {
        state: 'running',
        streamsFrom: null,
      }),
    ],
  },
  {
    name: 'leader-unreached',
    about: 'Only this console has lost the way to the leader, for 4 minutes; the lease is renewed and replicas stream.',
    steps: [
      healthyWorld(ago(250)),
      withMember(healthyWorld(noon), 'pg-node-3', {
        rest: { problem: 'timeout', since: ago(240) },
        sql: { problem: 'timeout', since: ago(240) },
      }),
    ],
  },
  {
    name: 'leader-answers-unusably',
    about: 'Without SQL: something between answers for the leader with a page for 8 s; nothing tells that it is dying.',
    steps: [
      { ...healthyWorld(ago(20)), hasSql: false },
      {
        ...withMember(healthyWorld(noon), 'pg-node-3', { rest: { problem: 'protocol', since: ago(8) } }),
        hasSql: false,
      },
    ],
  },
  {
    name: 'patroni-dead-postgres-writes',
    about: 'Patroni on the leader was killed 5 s ago; REST is refused, SQL says that Postgres still takes writes.',
    steps: [
      healthyWorld(ago(7)),
      withMember(healthyWorld(noon), 'pg-node-3', { rest: { problem: 'refused', since: ago(5) } }),
    ],
  },
  {
    name: 'patroni-dead-nobody-fit',
    about: 'The same, but neither replica may take over.',
    steps: [
      nobodyFit(healthyWorld(ago(7))),
      withMember(nobodyFit(healthyWorld(noon)), 'pg-node-3', { rest: { problem: 'refused', since: ago(5) } }),
    ],
  },
  {
    name: 'split-brain',
    about: 'The lease of that leader has ended, pg-node-1 was promoted, and the old Postgres still takes writes.',
    steps: [
      withMember(healthyWorld(ago(30)), 'pg-node-3', { rest: { problem: 'refused', since: ago(32) } }),
      splitBrain(ago(4), 1),
      splitBrain(ago(2), 3),
      splitBrain(noon, 5),
    ],
  },
  {
    name: 'switchover-under-way',
    about:
      'A switchover: the key has moved and the new leader writes, while the last reading of the old one still says writable.',
    steps: switchover(),
  },
  {
    name: 'isolated-member',
    about: 'pg-node-3 was cut off from etcd 18 s ago and still tells its old view; etcd says that pg-node-1 leads.',
    steps: [healthyWorld(ago(30)), isolated(noon, 'up')],
  },
  {
    name: 'isolated-member-rest-only',
    about: 'The same without etcd in sight: two members agree on pg-node-1, the isolated one tells its old view.',
    steps: [{ ...healthyWorld(ago(30)), etcd: 'none' }, isolated(noon, 'none')],
  },
]

function nobodyFit(world: World): World {
  const barred = { tags: { nofailover: true } }
  return withMember(withMember(world, 'pg-node-1', barred), 'pg-node-2', barred)
}

function crashed(): Partial<WorldMember> {
  return {
    state: 'crashed',
    postgres: null,
    sql: { problem: 'refused', since: ago(3) },
  }
}

/** The good values kept are those of before its death; the replicas have nobody to stream from. */
function leaderDied(world: World, secondsAgo: number, isListed: boolean): World {
  const since = secondsBefore(world.at, secondsAgo)
  return {
    ...world,
    members: world.members.map((member) =>
      member.name === 'pg-node-3'
        ? { ...member, ...dead(since, isListed) }
        : { ...member, state: 'running', streamsFrom: null },
    ),
    haproxy: { primary: [], replicas: ['pg-node-1', 'pg-node-2'] },
  }
}

function failover(): World[] {
  const promoting = leaderDied(afterTakeover(healthyWorld(ago(6)), 1), 30, false)
  return [
    healthyWorld(ago(40)),
    leaderDied(healthyWorld(ago(34)), 2, true),
    { ...leaderDied(healthyWorld(ago(8)), 28, false), leader: null, leaderChangedAt: ago(8) },
    withMember(promoting, 'pg-node-1', { postgres: 'standby', timeline: 4, state: 'running' }),
    withMember(takenOver(ago(4), 3), 'pg-node-2', { timeline: 4, state: 'running', streamsFrom: null }),
    takenOver(noon, 7),
  ]
}

function takenOver(at: Date, secondsAgo: number): World {
  const world = afterTakeover(healthyWorld(at), secondsAgo)
  return {
    ...world,
    members: world.members.map((member) =>
      member.name === 'pg-node-3' ? { ...member, ...dead(ago(36), false), timeline: 4 } : member,
    ),
    haproxy: { primary: ['pg-node-1'], replicas: ['pg-node-2'] },
  }
}

function splitBrain(at: Date, secondsSince: number): World {
  return withMember(afterTakeover(healthyWorld(at), secondsSince), 'pg-node-3', {
    isListed: false,
    postgres: 'primary',
    state: 'running',
    timeline: 4,
    streamsFrom: null,
    rest: { problem: 'refused', since: ago(32) },
  })
}

function switchover(): World[] {
  const stopping = withMember(healthyWorld(ago(2)), 'pg-node-3', { state: 'stopping', postgres: null })
  const moved = afterTakeover(healthyWorld(noon), 0.6)
  return [healthyWorld(ago(4)), { ...healthyWorld(ago(3)) }, stopping, withMember(moved, 'pg-node-3', stillStopping())]
}

function stillStopping(): Partial<WorldMember> {
  return { state: 'stopped', postgres: null, timeline: 4, streamsFrom: null }
}

function isolated(at: Date, etcd: World['etcd']): World {
  const world = { ...afterTakeover(healthyWorld(at), 8), etcd }
  return withMember(world, 'pg-node-3', {
    timeline: 4,
    state: 'in archive recovery',
    streamsFrom: null,
    isListed: false,
    isolated: { leader: 'pg-node-3', last: secondsBefore(at, 18) },
  })
}

function formerAhead(at: Date): World {
  const world = healthyWorld(at)
  const alone = { state: 'running', streamsFrom: null } as const
  const replicas = withMember(withMember(world, 'pg-node-1', alone), 'pg-node-2', alone)
  return {
    ...withMember(replicas, 'pg-node-3', {
      postgres: 'standby',
      isListed: false,
      isolated: { leader: null, last: ago(65) },
      lsn: baseLsn + 16_000,
      replayedLsn: baseLsn + 16_000,
    }),
    leader: null,
    leaderChangedAt: ago(35),
    haproxy: { primary: [], replicas: ['pg-node-1', 'pg-node-2', 'pg-node-3'] },
  }
}
