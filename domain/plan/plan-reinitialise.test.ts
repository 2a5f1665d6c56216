import { describe, expect, test } from 'vitest'
import { planReinitialise, type ReinitialiseKnown } from './plan-reinitialise.ts'
import type { ReinitialiseWish } from './reinitialise-plan.ts'
import { dead, withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { madeMember, madeStack, madeLooked } from '#domain/testing/looked-made.ts'
import { madeOperation } from '#domain/testing/operation-made.ts'
import { planBackup } from './plan-backup.ts'
import { madePlace } from '#domain/testing/data-place-made.ts'
import { madeAgent } from '#domain/testing/restore-case.ts'
import { madeDatabase, madePostgres } from '#domain/testing/stack-made.ts'
import { asLeader, healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-24T12:00:00Z')
const healthy = healthyWorld(noon)
const gigabyte = 1_000_000_000

function plan(world: World, wish: Partial<ReinitialiseWish> = {}, known: Partial<ReinitialiseKnown> = {}) {
  const given = { snapshot: follow(world), agents: [], stack: null, backup: null, ...known }
  return planReinitialise(given, { member: 'pg-node-1', force: false, ...wish }, noon)
}

function node1(change: Parameters<typeof withMember>[2], world: World = healthy): World {
  return withMember(world, 'pg-node-1', change)
}

function without(...names: string[]): World {
  return { ...healthy, members: healthy.members.filter(({ name }) => !names.includes(name)) }
}

function sized(bytes: Record<string, number>) {
  const members = Object.entries(bytes).map(([name, sizeBytes]) =>
    madeMember(name, {
      postgres: madeLooked(madePostgres({ databases: [madeDatabase('app', { sizeBytes })] }), noon),
    }),
  )
  return madeStack(noon, { members })
}

test('a plan says what is deleted, how and from whom the copy is made, how much that is, and who is left', () => {
  const place = madePlace({ folder: '/var/lib/postgresql/15/main' })
  const agent = madeAgent('pg-node-1', {
    replicaMethods: ['pgbackrest', 'basebackup'],
    dataFreeBytes: 40 * gigabyte,
    dataPlace: place,
  })
  const stack = sized({ 'pg-node-3': 12 * gigabyte })
  const made = plan(healthy, {}, { agents: [agent], stack })
  expect(made.blockers).toEqual([])
  expect(made).toMatchObject({
    leader: 'pg-node-3',
    timeline: 4,
    member: 'pg-node-1',
    confirm: 'pg-node-1',
    busyWith: null,
    methods: ['pgbackrest', 'basebackup'],
    sources: ['pg-node-3'],
    space: { dataBytes: 12 * gigabyte, freeBytes: 40 * gigabyte },
  })
  const text = made.sentences.join('\n')
  expect(text).toContain('deletes its data directory, /var/lib/postgresql/15/main, unless keep_data is set')
  expect(text).toContain('anew by pgbackrest; where that fails, by pg_basebackup from pg-node-3.')
  expect(text).toMatch(/About 12 GB of databases are copied\. pg-node-1 has 40 GB free/)
  expect(text).toContain('if pg-node-3 died meanwhile, pg-node-2 could take over.')
  expect(made.warnings).toEqual(['pg-node-1 streams, and nothing that is seen of it calls for a new copy.'])
})

test.each<[string, string[] | undefined, string, string]>([
  ['pg_basebackup is tried first', ['basebackup', 'pgbackrest'], 'and deletes its data directory.', 'is gone: it is'],
  ['no method is named', [], 'and deletes its data directory.', 'is gone: it is'],
  [
    'another method is tried first, which may be set to keep the data',
    ['pgbackrest', 'basebackup'],
    'and deletes its data directory, unless keep_data is set for pgbackrest: pgbackrest then overwrites the old data instead.',
    'is gone or overwritten: it is',
  ],
  [
    'no agent tells the methods',
    undefined,
    'and deletes its data directory, unless keep_data is set for the method that copies: it then overwrites the old data instead.',
    'is gone or overwritten: it is',
  ],
])('where %s it says what becomes of the old data', (_, replicaMethods, words, end) => {
  const agents = replicaMethods ? [madeAgent('pg-node-1', { replicaMethods })] : []
  const made = plan(healthy, {}, { agents })
  expect(made.sentences.join('\n')).toContain(words)
  expect(made.pointOfNoReturn).toContain(`the old data ${end}`)
})

test('what no agent and no SQL tells is said to be unknown', () => {
  const text = plan(healthy).sentences.join('\n')
  expect(text).toContain('no agent on pg-node-1 tells which')
  expect(text).toContain('How much data that is, is not told')
})

describe('it says from findings why one would', () => {
  test.each<[string, World, string]>([
    ['another timeline', node1({ timeline: 3, state: 'running', streamsFrom: null }), 'is on timeline 3'],
    ['a start that failed', node1({ state: 'start failed', postgres: null, streamsFrom: null }), 'failed to start'],
  ])('%s', (_, world, words) => {
    const made = plan(world)
    expect(made.blockers).toEqual([])
    expect(made.sentences[0]).toContain(words)
    expect(made.warnings.join(' ')).not.toContain('nothing that is seen of it')
  })
})

test('from whom: a running member that offers itself by its tag goes before the leader', () => {
  expect(plan(withMember(healthy, 'pg-node-2', { tags: { clonefrom: true } })).sources).toEqual(['pg-node-2'])
  expect(
    plan(withMember(healthy, 'pg-node-2', { tags: { clonefrom: true }, state: 'stopped', postgres: null })).sources,
  ).toEqual(['pg-node-3'])
})

test.each<[string, World, Partial<ReinitialiseWish>, string]>([
  ['of the leader', healthy, { member: 'pg-node-3' }, 'pg-node-3 leads: only a replica is copied anew.'],
  ['of nobody', healthy, { member: 'pg-node-9' }, 'has no member pg-node-9.'],
  ['while nobody leads', { ...healthy, leader: null }, {}, 'Nobody leads, so there is nobody to copy from'],
  [
    'of a member whose Patroni does not answer',
    node1({ rest: { problem: 'timeout', since: secondsBefore(noon, 60) } }),
    {},
    'Patroni on pg-node-1 has not answered',
  ],
  ['of a member that is gone', node1(dead(secondsBefore(noon, 60), false)), {}, 'is not in the cluster now'],
  [
    'of a member that copies already',
    node1({ state: 'creating replica', postgres: null, streamsFrom: null }),
    {},
    'is copying already',
  ],
  [
    'while the leader does not run',
    withMember(healthy, 'pg-node-3', { state: 'stopped', postgres: null }),
    {},
    'leads but takes no writes',
  ],
])('a copy %s is refused', (_, world, wish, words) => {
  expect(plan(world, wish).blockers).toEqual([expect.stringContaining(words)])
})

test('while two take writes nothing is deleted', () => {
  const alone = { ...asLeader, timeline: 5, isolated: { leader: 'pg-node-2', last: noon } }
  const both = withMember({ ...healthy, haproxy: 'none' }, 'pg-node-2', alone)
  const snapshot = follow({ ...both, at: secondsBefore(noon, 2) }, { ...both, at: secondsBefore(noon, 1) }, both)
  expect(plan(healthy, {}, { snapshot }).blockers).toEqual([expect.stringContaining('Two members take writes.')])
})

test('with force a copy that runs is ended, and that is said', () => {
  const copying = node1({ state: 'creating replica', postgres: null, streamsFrom: null })
  const made = plan(copying, { force: true })
  expect(made.blockers).toEqual([])
  expect(made.busyWith).toBe('creating replica')
  expect(made.sentences.join(' ')).toContain('is ended first')
})

test('a start that hangs may be refused by Patroni, so force is named', () => {
  const starting = node1({ state: 'starting', postgres: null, streamsFrom: null })
  expect(plan(starting).warnings.join(' ')).toContain('with force that work is ended')
  expect(plan(starting, { force: true }).warnings.join(' ')).not.toContain('with force')
})

describe('what it risks', () => {
  test.each<[string, World, string]>([
    ['the only replica', without('pg-node-2'), 'pg-node-1 is the only one that could take over.'],
    [
      'the last of a cluster where nobody could',
      node1({ state: 'start failed', postgres: null, streamsFrom: null }, without('pg-node-2')),
      'Nobody could take over now, and that stays so',
    ],
    [
      'the only synchronous standby, strictly',
      {
        ...without('pg-node-2'),
        sync: ['pg-node-1'],
        config: { ...healthy.config, synchronousMode: true, synchronousModeStrict: true },
      },
      'commits hang until its copy is complete',
    ],
    [
      'the only synchronous standby',
      { ...without('pg-node-2'), sync: ['pg-node-1'], config: { ...healthy.config, synchronousMode: true } },
      'until it streams again they are on pg-node-3 alone',
    ],
    [
      'one of two that could be synchronous',
      { ...healthy, sync: ['pg-node-1'], config: { ...healthy.config, synchronousMode: true } },
      'until Patroni does without it',
    ],
    [
      'a source of others',
      withMember(healthy, 'pg-node-2', { streamsFrom: 'pg-node-1' }),
      'pg-node-2 streams from pg-node-1',
    ],
  ])('%s', (_, world, words) => {
    expect(plan(world).warnings.join(' ')).toContain(words)
  })

  test.each<[string, Record<string, number>, boolean]>([
    ['more than there is room', { 'pg-node-3': 30 * gigabyte, 'pg-node-1': 5 * gigabyte }, true],
    ['as much as its own data frees', { 'pg-node-3': 30 * gigabyte, 'pg-node-1': 28 * gigabyte }, false],
    ['more than is free, its own not told', { 'pg-node-3': 30 * gigabyte }, true],
    ['less than is free', { 'pg-node-3': 5 * gigabyte }, false],
  ])('room: %s', (_, sizes, isWarned) => {
    const agents = [madeAgent('pg-node-1', { dataFreeBytes: 10 * gigabyte })]
    const warnings = plan(healthy, {}, { agents, stack: sized(sizes) }).warnings.join(' ')
    expect(warnings.includes('may not fit')).toBe(isWarned)
  })

  test('a backup that may read from it', () => {
    const wish = { type: 'full', repository: 1, fromStandby: true, startFast: true, stanza: null } as const
    const backup = madeOperation(planBackup(follow(healthy), [], wish, noon), null, {
      requestedAt: secondsBefore(noon, 60),
    })
    expect(plan(healthy, {}, { backup }).warnings.join(' ')).toContain('may read from pg-node-1')
  })
})
