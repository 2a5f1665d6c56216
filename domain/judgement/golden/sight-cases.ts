import { withMember } from '#domain/testing/change.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import { type GoldenCase, noon } from './golden-case.ts'

const ago = (seconds: number): Date => secondsBefore(noon, seconds)

/** Situations of what the console can see, and of the layers around the members. */
export const sightCases: GoldenCase[] = [
  {
    name: 'console-blind',
    about: 'The console lost its network 40 s ago: every look fails. The cluster may be well.',
    steps: [healthyWorld(ago(42)), blind(ago(38), 40), blind(noon, 40)],
  },
  {
    name: 'never-seen',
    about: 'Nothing has ever answered.',
    steps: [neverSeen(noon)],
  },
  {
    name: 'collector-stopped',
    about: 'The collector died 4 minutes ago; the last snapshot was healthy.',
    steps: [healthyWorld(ago(242)), healthyWorld(ago(240))],
    judgedAt: noon,
  },
  {
    name: 'rest-only',
    about: 'No etcd in sight: the members alone tell.',
    steps: [{ ...healthyWorld(noon), etcd: 'none', hasSql: false, haproxy: 'none' }],
  },
  {
    name: 'rest-only-one-isolated-answers',
    about: 'No etcd in sight, two members do not answer this console, and the third lost the DCS 50 s ago.',
    steps: [{ ...healthyWorld(ago(60)), etcd: 'none' }, onlyIsolated(noon)],
  },
  {
    name: 'etcd-unseen',
    about: 'The console is configured with an etcd that it cannot reach; the members can.',
    steps: [{ ...healthyWorld(noon), etcd: { problem: 'timeout', since: ago(600) } }],
  },
  {
    name: 'etcd-member-down',
    about: 'One of three etcd members is down.',
    steps: [healthyWorld(ago(95)), { ...healthyWorld(noon), etcdDown: ['etcd-2'] }],
  },
  {
    name: 'etcd-without-quorum',
    about: 'Two of three etcd members are down; the leader has not given up yet.',
    steps: [healthyWorld(ago(14)), { ...healthyWorld(noon), etcd: 'no-quorum', membersLostDcsAt: ago(11) }],
  },
  {
    name: 'dcs-lost',
    about: 'etcd has had no quorum for a minute: the leader has stepped down, nobody leads, everybody is read-only.',
    steps: [healthyWorld(ago(64)), dcsLost(noon)],
  },
  {
    name: 'dcs-lost-rest-only',
    about: 'The same seen through the members alone.',
    steps: [
      { ...healthyWorld(ago(64)), etcd: 'none', hasSql: false, haproxy: 'none' },
      { ...dcsLost(noon), etcd: 'none', hasSql: false, haproxy: 'none' },
    ],
  },
  {
    name: 'no-patroni-anywhere',
    about: 'No etcd in sight, and Patroni was stopped on every member while Postgres goes on.',
    steps: [{ ...healthyWorld(ago(24)), etcd: 'none' }, noPatroni(noon)],
  },
  {
    name: 'failsafe',
    about: 'etcd has no quorum and failsafe mode keeps the leader writing.',
    steps: [healthyWorld(ago(14)), failsafe(noon)],
  },
  {
    name: 'etcd-alarm',
    about: 'etcd-2 is out of space; all three endpoints tell it.',
    steps: [{ ...healthyWorld(noon), etcdAlarm: { name: 'etcd-2', kind: 'NOSPACE' } }],
  },
  {
    name: 'haproxy-disagrees',
    about: 'HAProxy sends writes to pg-node-1 although pg-node-3 has led for an hour.',
    steps: [ago(4), ago(2), noon].map((at) => ({
      ...healthyWorld(at),
      haproxy: { primary: ['pg-node-1'], replicas: ['pg-node-2', 'pg-node-3'] },
    })),
  },
  {
    name: 'haproxy-without-primary',
    about: 'HAProxy has no server up for writes.',
    steps: [
      healthyWorld(ago(2)),
      { ...healthyWorld(noon), haproxy: { primary: [], replicas: ['pg-node-1', 'pg-node-2'] } },
    ],
  },
  {
    name: 'haproxy-unseen',
    about: 'The statistics page does not answer.',
    steps: [{ ...healthyWorld(noon), haproxy: { problem: 'refused', since: ago(90) } }],
  },
  {
    name: 'pooler-down',
    about: 'pgBouncer beside the leader does not answer.',
    steps: [withMember(healthyWorld(noon), 'pg-node-3', { poolerDownSince: ago(20) })],
  },
]

function blind(at: Date, seconds: number): World {
  const since = secondsBefore(noon, seconds)
  return {
    ...healthyWorld(at),
    etcd: { problem: 'timeout', since },
    haproxy: { problem: 'timeout', since },
    members: healthyWorld(at).members.map((member) => ({
      ...member,
      rest: { problem: 'timeout', since },
      sql: { problem: 'timeout', since },
    })),
  }
}

/** Nothing was ever seen: looks that are older than memory. */
function neverSeen(at: Date): World {
  return { ...blind(at, 600), etcd: 'none', haproxy: 'none', hasSql: false, wasEverSeen: false }
}

function onlyIsolated(at: Date): World {
  const world: World = { ...healthyWorld(at), etcd: 'none', hasSql: false }
  const silent = { streamsFrom: null, rest: { problem: 'timeout' as const, since: secondsBefore(at, 55) } }
  return withMember(withMember(withMember(world, 'pg-node-1', silent), 'pg-node-2', silent), 'pg-node-3', {
    state: 'running',
    postgres: 'standby',
    isolated: { leader: 'pg-node-3', last: secondsBefore(at, 50) },
  })
}

function dcsLost(at: Date): World {
  const world = healthyWorld(at)
  const members = world.members.map((member) => ({
    ...member,
    state: 'in archive recovery',
    postgres: 'standby' as const,
    streamsFrom: null,
  }))
  return { ...world, etcd: 'no-quorum', membersLostDcsAt: ago(60), members, haproxy: { primary: [], replicas: [] } }
}

function noPatroni(at: Date): World {
  const members = healthyWorld(at).members.map((member) => ({
    ...member,
    rest: { problem: 'refused' as const, since: ago(20) },
  }))
  return { ...healthyWorld(at), etcd: 'none', members, haproxy: { primary: [], replicas: [] } }
}

function failsafe(at: Date): World {
  const world = healthyWorld(at)
  return {
    ...world,
    etcd: 'no-quorum',
    membersLostDcsAt: ago(30),
    config: { ...world.config, failsafeMode: true },
    members: world.members.map((member) => ({ ...member, failsafeActive: true })),
  }
}
