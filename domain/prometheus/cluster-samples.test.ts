import { expect, test } from 'vitest'
import { allDelivered, type FactSources } from '#domain/alerts/facts/sources.ts'
import { emptyTrail } from '#domain/alerts/facts/trail.ts'
import { assess } from '#domain/judgement/assess.ts'
import { sightOf } from '#domain/snapshot/sight.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { follow } from '#domain/testing/follow.ts'
import { madePool, madePooler } from '#domain/testing/pooler-made.ts'
import { madeDatabase, madePostgres } from '#domain/testing/stack-made.ts'
import { healthyWorld, secondsBefore } from '#domain/testing/world.ts'
import { allFamilies } from './all-families.ts'
import { clusterSamples } from './cluster-samples.ts'
import { formatSamples } from './exposition.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000)
const snapshot = follow(healthyWorld(secondsBefore(noon, 2)), healthyWorld(noon))
const cluster = snapshot.clusterName

function told(change: Partial<FactSources> = {}): string {
  const now = change.now ?? noon
  const seen = { snapshot, assessment: assess(snapshot, now), sight: sightOf(snapshot, now), now }
  const nothing = {
    stack: null,
    samples: [],
    backups: null,
    agents: [],
    trail: emptyTrail,
    unknownSince: null,
    undelivered: allDelivered,
  }
  return formatSamples(allFamilies, clusterSamples({ ...nothing, ...seen, ...change }))
}

function stackOf(pools = [madePool()], seenAt = noon): StackView {
  const looked = <T>(value: T) => ({ value, seenAt, problem: null })
  const postgres = madePostgres({
    databases: [madeDatabase('app', { commitsTotal: 7 }), madeDatabase('b', { commitsTotal: 5 })],
  })
  const member = { name: 'pg-node-3', postgres: looked(postgres), pooler: looked(madePooler({ pools })) }
  return { takenAt: seenAt, members: [member], haproxy: null, etcd: null }
}

test('what the layers tell is told with their names as labels, and counters of all databases in one', () => {
  const metrics = told({ stack: stackOf([madePool({ database: 'app', user: 'a"b', clientsWaiting: 2 })]) })
  const member = `cluster="${cluster}",member="pg-node-3"`
  expect(metrics).toContain(`matriarch_member_commits_total{${member}} 12\n`)
  expect(metrics).toContain(`matriarch_pool_clients_waiting{${member},database="app",user="a\\"b"} 2\n`)
  expect(metrics).toContain(`matriarch_member_state{${member},state="running"} 1\n`)
  expect(metrics).toContain(
    `matriarch_look_age_seconds{cluster="${cluster}",layer="pooler_statistics",member="pg-node-3"} 0\n`,
  )
})

test('of a look that is old only its age is told', () => {
  const metrics = told({ stack: stackOf([madePool()], secondsBefore(noon, 40)) })
  expect(metrics).not.toMatch(/^matriarch_(member_commits_total|pool_clients_waiting|pooler_queries_total)\{/m)
  expect(metrics).toContain(`layer="postgres_statistics",member="pg-node-3"} 40\n`)
  expect(metrics).toContain(`matriarch_cluster_has_leader{cluster="${cluster}"} 1\n`)
})

test('of a cluster that nobody looks at only that is told, and what the console sees', () => {
  const lines = told({ stack: stackOf(), now: later(60) })
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines).toContain(`matriarch_console_sight{cluster="${cluster}",sight="stale"} 1`)
  expect(lines.filter((line) => !/^matriarch_(console_|look_age)/.test(line))).toEqual([])
})

test('of very many pools those with waiting clients are told, and how many are not', () => {
  const pools = Array.from({ length: 1_000 }, (_, n) => madePool({ user: `u${n}`, clientsWaiting: n === 999 ? 3 : 0 }))
  const metrics = told({ stack: stackOf(pools) })
  expect(metrics.match(/^matriarch_pool_clients_waiting\{/gm)).toHaveLength(300)
  expect(metrics).toMatch(/^matriarch_pool_clients_waiting\{.*user="u999"\} 3$/m)
  expect(metrics).toContain(`matriarch_subjects_left_out{cluster="${cluster}",kind="pool"} 700\n`)
})
