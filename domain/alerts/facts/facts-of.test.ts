import { expect, test } from 'vitest'
import { assess } from '#domain/judgement/assess.ts'
import { metrics, type Sample } from '#domain/samples/metrics.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { dead, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { madeDatabase, madePooler, madePostgres } from '#domain/testing/stack-made.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'
import type { FactScope } from '#domain/alerts/rule.ts'
import { factsOf } from './facts-of.ts'
import { factNames } from './names.ts'
import { allDelivered, type AgentSource, type FactSources } from './sources.ts'
import { emptyTrail, extendTrail, type Trail } from './trail.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const scopes = Object.keys(factNames) as FactScope[]

function sourcesOf(snapshot: Snapshot, change: Partial<FactSources> = {}): FactSources {
  const now = change.now ?? noon
  return {
    snapshot,
    assessment: assess(snapshot, now),
    sight: sightOf(snapshot, now),
    stack: null,
    samples: [],
    backups: null,
    agents: [],
    trail: emptyTrail,
    unknownSince: null,
    undelivered: allDelivered,
    now,
    ...change,
  }
}

function row(sources: FactSources, scope: FactScope, subject?: string) {
  const found = factsOf(sources).rows.find((each) => each.scope === scope && (!subject || each.subject === subject))
  if (!found) throw new Error(`There is no ${scope} ${subject ?? ''}.`)
  return found.facts
}

function stackOf(change: Partial<StackView> = {}, seenAt = noon): StackView {
  const looked = <T>(value: T) => ({ value, seenAt, problem: null })
  return {
    takenAt: seenAt,
    members: ['pg-node-1', 'pg-node-2', 'pg-node-3'].map((name) => ({
      name,
      postgres: looked(
        madePostgres({
          inRecovery: name !== 'pg-node-3',
          databases: [madeDatabase('app', { xidAge: 600_000_000, deadlocksTotal: 4, checksumFailures: 0 })],
          slots: [
            {
              name: 'pg_node_1',
              type: 'physical',
              database: null,
              active: true,
              temporary: false,
              walStatus: 'reserved',
              retainedBytes: 4096,
              safeBytes: null,
              xminAge: null,
              conflicting: null,
              invalidationReason: null,
            },
          ],
        }),
      ),
      pooler: looked(madePooler()),
    })),
    haproxy: null,
    etcd: null,
    ...change,
  }
}

const healthy = () => follow(healthyWorld(secondsBefore(noon, 2)), healthyWorld(noon))

test('a healthy cluster tells of its lead, its members and of where writes go', () => {
  const sources = sourcesOf(healthy(), { stack: stackOf() })
  expect(row(sources, 'cluster')).toMatchObject({
    hasLeader: true,
    leader: 'pg-node-3',
    leaderWorks: true,
    isSplitBrain: false,
    candidates: 2,
    membersRunning: 3,
    etcdHasQuorum: true,
    haproxyPrimaryServers: 1,
    haproxyReplicaServers: 2,
    haproxyIsRight: true,
    leaderXidAge: 600_000_000,
    hasBackups: false,
  })
  expect(row(sources, 'member', 'pg-node-1')).toMatchObject({
    isLeader: false,
    isListed: true,
    isReachable: true,
    isRunning: true,
    isStreaming: true,
    timelineDiffers: false,
    receiveLagBytes: 0,
    clients: 3,
    poolerAnswers: true,
    agentAnswers: null,
  })
  expect(row(sources, 'member', 'pg-node-3')).toMatchObject({
    isLeader: true,
    isStreaming: null,
    receiveLagBytes: null,
  })
  expect(row(sources, 'console')).toMatchObject({ sight: 'clear', isEtcdUnseen: false, statisticsUnseen: 0 })
})

test('statistics are unseen where Postgres runs and gives none, and not where it does not run', () => {
  const mute = {
    value: null,
    seenAt: null,
    problem: { kind: 'refused' as const, sentence: 'No.', since: noon, observedAt: noon },
  }
  const stack = stackOf({ members: [{ name: 'pg-node-1', postgres: mute, pooler: null }] })
  const unseen = (snapshot: Snapshot) => row(sourcesOf(snapshot, { stack }), 'console').statisticsUnseen
  expect(unseen(healthy())).toBe(1)
  const copying = withMember(healthyWorld(noon), 'pg-node-1', { state: 'creating replica', postgres: null })
  expect(unseen(follow(copying))).toBe(0)
})

test('every name is filled in, and no fact has another type than its name says', () => {
  const sources = sourcesOf(healthy(), { stack: stackOf() })
  for (const { scope, facts } of factsOf(sources).rows) {
    const names = factNames[scope]
    expect(Object.keys(facts).toSorted()).toEqual(Object.keys(names).toSorted())
    const wrong = Object.entries(facts).filter(
      ([name, value]) => value !== null && typeof value !== names[name as keyof typeof names]['type'],
    )
    expect(wrong).toEqual([])
  }
})

test('what is sampled has the same name there', () => {
  for (const scope of scopes) {
    const sampled = Object.values(factNames[scope]).flatMap((definition) => definition.sampled ?? [])
    const unknown = sampled.filter(({ kind, metric }) => {
      const list: readonly { name: string }[] = kind === 'cluster' ? metrics.cluster : metrics.member
      return !list.some(({ name }) => name === metric)
    })
    expect(unknown).toEqual([])
  }
})

test('slots and databases are those of whoever leads, and gone only where its statistics say so', () => {
  const sources = sourcesOf(healthy(), { stack: stackOf() })
  const picture = factsOf(sources)
  expect(picture.rows.filter(({ scope }) => scope === 'slot')).toMatchObject([
    { subject: 'pg_node_1', member: 'pg-node-3', facts: { retainedBytes: 4096 } },
  ])
  expect(picture.isGone({ scope: 'slot', member: 'pg-node-3' })).toBe(true)
  const unseen = factsOf(sourcesOf(healthy(), { stack: stackOf({}, secondsBefore(noon, 31)) }))
  expect(unseen.rows.filter(({ scope }) => scope === 'slot' || scope === 'pool')).toEqual([])
  expect(unseen.isGone({ scope: 'slot', member: 'pg-node-3' })).toBe(false)
  expect(unseen.isGone({ scope: 'pool', member: 'pg-node-1' })).toBe(false)
})

test('a console that sees nothing knows nothing of the cluster, and says so of itself', () => {
  const blind = (world: World): World => ({
    ...world,
    etcd: { problem: 'timeout', since: secondsBefore(noon, 60) },
    haproxy: { problem: 'timeout', since: secondsBefore(noon, 60) },
    members: world.members.map((member) => ({
      ...member,
      rest: { problem: 'timeout' as const, since: secondsBefore(noon, 60) },
      sql: { problem: 'timeout' as const, since: secondsBefore(noon, 60) },
      poolerDownSince: secondsBefore(noon, 60),
    })),
  })
  const snapshot = follow(healthyWorld(secondsBefore(noon, 62)), blind(healthyWorld(noon)))
  const sources = sourcesOf(snapshot)
  const { level, hasBackups, ...cluster } = row(sources, 'cluster')
  expect([level, hasBackups]).toEqual([4, false])
  expect(Object.values(cluster).every((value) => value === null)).toBe(true)
  expect(Object.values(row(sources, 'member', 'pg-node-1')).every((value) => value === null)).toBe(true)
  expect(row(sources, 'console')).toMatchObject({ sight: 'blind', isEtcdUnseen: true, isHaproxyUnseen: true })
  expect(factsOf(sources).isGone({ scope: 'member', member: 'pg-node-1' })).toBe(false)
  const stale = sourcesOf(healthy(), { now: later(60) })
  expect(row(stale, 'cluster')).toMatchObject({ hasLeader: null, isPaused: null, haproxyPrimaryServers: null })
  expect(row(stale, 'console')).toMatchObject({ sight: 'stale' })
})

test('one member that is gone is out of reach, not unknown', () => {
  const snapshot = follow(
    healthyWorld(secondsBefore(noon, 62)),
    withMember(healthyWorld(noon), 'pg-node-1', dead(secondsBefore(noon, 60), false)),
  )
  expect(row(sourcesOf(snapshot), 'member', 'pg-node-1')).toMatchObject({
    isListed: false,
    isReachable: false,
    isRunning: null,
    poolerAnswers: null,
  })
})

test('how busy a pool is leaves out what is idle, by the size of its user or database', () => {
  const pooler = madePooler()
  const [pool] = pooler.pools
  if (!pool) throw new Error('There is no pool.')
  const busy = { ...pool, serversActive: 18, serversIdle: 2, clientsWaiting: 4, maxWaitSeconds: 7 }
  const stack = stackOf({
    members: [
      {
        name: 'pg-node-1',
        postgres: null,
        pooler: { value: { ...pooler, pools: [busy] }, seenAt: noon, problem: null },
      },
    ],
  })
  const sources = sourcesOf(healthy(), { stack })
  const size = pooler.databases.find(({ name }) => name === pool.database)?.poolSize ?? 0
  expect(row(sources, 'pool', `pg-node-1 ${pool.database}/${pool.user}`)).toMatchObject({
    busy: 18 / size,
    clientsWaiting: 4,
    maxWaitSeconds: 7,
  })
  expect(row(sources, 'member', 'pg-node-1')).toMatchObject({ poolClientsWaiting: 4, poolMaxWaitSeconds: 7 })
})

test.each<[PoolerDetail['state'], boolean, boolean | null, boolean]>([
  ['active', false, false, false],
  ['paused', false, true, false],
  ['suspended', false, true, false],
  ['active', true, false, true],
  // pgBouncer 1.18 does not tell of the whole process: its databases are known all the same.
  [null, false, null, false],
  [null, true, null, true],
])('a pooler that says %s of itself, a database paused %s', (state, isPaused, isPoolerPaused, hasPausedDatabase) => {
  const databases = madePooler().databases.map((database) => ({ ...database, isPaused }))
  const pooler = { value: madePooler({ state, databases }), seenAt: noon, problem: null }
  const stack = stackOf({ members: [{ name: 'pg-node-1', postgres: null, pooler }] })
  const sources = sourcesOf(healthy(), { stack })
  expect(row(sources, 'member', 'pg-node-1')).toMatchObject({ isPoolerPaused, hasPausedDatabase })
})

test('seconds behind come from the samples, unless these are old', () => {
  const values = metrics.member.map(({ name }) => (name === 'replayLagSeconds' ? 42 : null))
  const sample = (at: Date): Sample => ({ subject: { kind: 'member', name: 'pg-node-1' }, at, values })
  const of = (at: Date) => row(sourcesOf(healthy(), { samples: [sample(at)] }), 'member', 'pg-node-1')
  expect(of(secondsBefore(noon, 20))).toMatchObject({ replayLagSeconds: 42 })
  expect(of(secondsBefore(noon, 31))).toMatchObject({ replayLagSeconds: null })
})

test('what only tells by its growth is known once it was seen for long enough, and begins anew with another server', () => {
  let trail: Trail = emptyTrail
  const grow = (from: number, to: number, deadlocks: (seconds: number) => number, startedAt = noon) => {
    for (let seconds = from; seconds <= to; seconds += 10) {
      const now = later(seconds)
      const looked = (name: string) => ({
        name,
        postgres: {
          value: madePostgres({
            startedAt,
            databases: [madeDatabase('app', { deadlocksTotal: deadlocks(seconds), checksumFailures: 0 })],
          }),
          seenAt: now,
          problem: null,
        },
        pooler: null,
      })
      const stack = stackOf({ members: [looked('pg-node-3')] }, now)
      trail = extendTrail(trail, { snapshot: healthy(), stack, agents: [], now })
    }
  }
  const deadlocksAt = (seconds: number) => {
    const { deadlocks, deadlocksSeen } = row(sourcesOf(healthy(), { trail, now: later(seconds) }), 'cluster')
    return [deadlocks, deadlocksSeen]
  }
  grow(0, 90, () => 7)
  expect(deadlocksAt(90)).toEqual([null, null])
  // What was seen of a part holds of the whole at least, even where nobody reads the counter any more.
  grow(100, 500, (seconds) => 6 + Math.floor(seconds / 100))
  expect(deadlocksAt(500)).toEqual([null, 3])
  grow(510, 700, (seconds) => 6 + Math.floor(seconds / 100))
  expect(deadlocksAt(700)).toEqual([5, 5])
  expect(deadlocksAt(900)).toEqual([null, 3])
  grow(710, 760, () => 0, later(705))
  expect(deadlocksAt(760)).toEqual([null, null])
  grow(770, 800, () => 2, later(705))
  expect(deadlocksAt(800)).toEqual([null, 2])
  grow(810, 1_400, () => 2, later(705))
  expect(deadlocksAt(1_400)).toEqual([0, 0])
})

test('pages that fail are known at once to whoever begins to look, and none is known not to have failed', () => {
  const failing = (secondsAgo: number | null, checksumFailures = 3) => {
    const checksumFailedAt = secondsAgo === null ? null : secondsBefore(noon, secondsAgo)
    const postgres = madePostgres({ databases: [madeDatabase('app', { checksumFailures, checksumFailedAt })] })
    const looked = { value: postgres, seenAt: noon, problem: null }
    const stack = stackOf({ members: [{ name: 'pg-node-3', postgres: looked, pooler: null }] })
    return row(sourcesOf(healthy(), { stack }), 'cluster')['newChecksumFailures']
  }
  expect(failing(1_700)).toBe(1)
  expect(failing(1_900)).toBeNull()
  expect(failing(null, 0)).toBeNull()
})

test('a disk that fills tells when it will be full', () => {
  let trail: Trail = emptyTrail
  const agent = (seconds: number): AgentSource => ({
    id: 'a',
    node: 'pg-node-1',
    address: '10.0.1.10:8009',
    version: '1',
    state: 'enrolled',
    lockedReason: null,
    seenAt: later(seconds),
    problem: null,
    problemSince: null,
    stanza: null,
    vetoed: [],
    clockSkewMs: 250,
    enrolledAt: noon,
    enrolledBy: 'Ada',
    dataFreeBytes: 100_000_000_000 - seconds * 10_000_000,
    nodeSeenAt: later(seconds),
  })
  for (let seconds = 0; seconds <= 1_200; seconds += 60) {
    trail = extendTrail(trail, { snapshot: healthy(), stack: null, agents: [agent(seconds)], now: later(seconds) })
  }
  const sources = sourcesOf(healthy(), { trail, agents: [agent(1_200)], now: later(1_200) })
  expect(row(sources, 'member', 'pg-node-1')).toMatchObject({
    dataFullSeconds: 8_800,
    clockSkewSeconds: 0.25,
    agentAnswers: true,
  })
})
