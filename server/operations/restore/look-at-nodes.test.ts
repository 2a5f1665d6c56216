import { expect, test } from 'vitest'
import type { DataPlace } from '#domain/recovery/data-place.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import { madePlace } from '#domain/testing/data-place-made.ts'
import { lasting } from '#domain/testing/restore-case.ts'
import { madeRestorePlan } from '#domain/testing/restore-plan-made.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import { recordedFacts } from '#server/adapters/pgbackrest/testing/recorded.ts'
import { noAccess } from '../testing/no-access.ts'
import { ScriptedAgent } from '../testing/scripted-agent.ts'
import { lookAtNodes } from './look-at-nodes.ts'

const nodes = ['pg-node-3', 'pg-node-1', 'pg-node-2']
const clients = { pooler: { databases: [{ name: 'shop', isDisabled: false, isPaused: false }] } }
const kept = { aside: [], rehearsals: [], freeBytes: 90_000_000_000, place: madePlace() }

test('each node is asked once', async () => {
  const { look, asked } = stage()
  expect(await look()).toEqual({
    freeBytes: 90_000_000_000,
    poolers: nodes,
    databases: ['shop', 'shop', 'shop'],
    takesLeast: true,
    replicaConfigs: ['', ''],
    untold: null,
  })
  expect(asked()).toEqual([['facts'], ['facts'], ['facts']])
})

test('what a node does not tell with the rest is asked for by itself', async () => {
  const { look, asked } = stage({ facts: () => ({ ...facts(), clients: null, kept: null }) })
  expect(await look()).toMatchObject({ freeBytes: 90_000_000_000, poolers: nodes })
  expect(asked()).toEqual([
    ['facts', 'clients-state', 'data-kept'],
    ['facts', 'clients-state'],
    ['facts', 'clients-state'],
  ])
})

test('an older agent is asked as it was', async () => {
  const { place: _, ...before } = kept
  const { look, asked } = stage({ facts: older, 'data-kept': () => before })
  expect(await look()).toMatchObject({
    poolers: nodes,
    untold: expect.stringMatching(
      /pg-node-1 and pg-node-2 .* older.* How much room is free on pg-node-1 and pg-node-2/,
    ),
  })
  expect(asked().map((verbs) => verbs.filter((verb) => verb !== 'facts'))).toEqual([
    ['clients-state', 'data-kept'],
    ['clients-state'],
    ['clients-state'],
  ])
})

test.each<[string, Partial<DataPlace>, RegExp]>([
  [
    'tablespaces',
    { tablespaces: [{ oid: '16385', path: '/srv/fast' }] },
    /^Tablespace 16385 .* of pg-node-2, in \/srv/,
  ],
  ['WAL elsewhere', { walPath: '/wal' }, /^The WAL of pg-node-2 lies outside/],
  ['a data folder that is a link', { linkedTo: '/srv/pg' }, /on pg-node-2 is a link/],
  ['a data folder that is a mount point', { isMount: true }, /on pg-node-2 is a file system of its own/],
  ['a folder above that may not be written', { isParentWritable: false }, /may not write beside .* on pg-node-2/],
])('%s on a replica alone stands in the way, whatever the way back', async (_, place, says) => {
  const told = (__: unknown, { node }: ScriptedAgent) =>
    node === 'pg-node-2' ? { ...facts(), kept: { ...kept, place: madePlace(place) } } : facts()
  for (const wayBack of ['aside', 'replica'] as const)
    expect(await stage({ facts: told }, { wayBack }).look()).toEqual({ fault: expect.stringMatching(says) })
})

test('what an agent names as an obstacle stands in the way; one that does not look for such takes no settings', async () => {
  const obstacles = ["Postgres' configuration file was not found on pg-node-3: name it."]
  const telling = (told: string[]) => () => ({ ...facts(), kept: { ...kept, place: madePlace({ obstacles: told }) } })
  expect(await stage({ facts: telling(obstacles) }).look()).toEqual({
    fault: expect.stringContaining(obstacles[0] ?? ''),
  })
  const { obstacles: _, ...place } = madePlace()
  const before = () => ({ ...facts(), kept: { ...kept, place } })
  expect(await stage({ facts: before }).look()).toMatchObject({
    takesLeast: false,
    untold: expect.stringContaining('older than this console'),
  })
})

test('an agent that cannot look where the data lies does not stand in the way, and that is said', async () => {
  const told = (_: unknown, { node }: ScriptedAgent) =>
    node === 'pg-node-2' ? { ...facts(), kept: { ...kept, place: null } } : facts()
  expect(await stage({ facts: told }).look()).toMatchObject({ untold: expect.stringContaining('of pg-node-2 lies') })
})

test('no room, a service that cannot be asked after, and data of another cluster stand in the way', async () => {
  const tight = stage({ facts: () => ({ ...facts(), kept: { ...kept, freeBytes: 1_000 } }) })
  expect(await tight.look()).toEqual({ fault: expect.stringContaining('Make room first') })
  const blind = stage({ facts: () => ({ ...facts(), patroni: { version: null, config: null, service: null } }) })
  expect(await blind.look()).toEqual({ fault: expect.stringContaining('name its service in agent.toml') })
  expect(await stage({}, { systemIdentifier: '1' }).look()).toEqual({
    fault: expect.stringContaining('another cluster'),
  })
})

test('clients that are to come back at the end need a pooler on each node that shuts them out', async () => {
  const told = (_: unknown, { node }: ScriptedAgent) =>
    node === 'pg-node-2' ? { ...facts(), clients: { pooler: null } } : facts()
  expect(await stage({ facts: told }, { clientsBack: 'end' }).look()).toEqual({
    fault: expect.stringContaining('no pgBouncer was seen on pg-node-2: '),
  })
  expect(await stage({ facts: told }).look()).toMatchObject({ poolers: ['pg-node-3', 'pg-node-1'] })
})

test('a replica whose old data is kept needs room beside it by now as well', async () => {
  const withRoom =
    (freeBytes: number | null) =>
    (_: unknown, { node }: ScriptedAgent) =>
      node === 'pg-node-2' ? { ...facts(), kept: { ...kept, freeBytes } } : facts()
  expect(await stage({ facts: withRoom(1_000) }).look()).toEqual({
    fault: expect.stringMatching(/^pg-node-2 has 1 kB free, and its new copy needs about 41 GB beside its old data/),
  })
  expect(await stage({ facts: withRoom(1_000) }, { wayBack: 'replica' }).look()).toMatchObject({ untold: null })
  expect(await stage({ facts: withRoom(null) }).look()).toMatchObject({
    untold: expect.stringMatching(/^How much room is free on pg-node-2 for a new copy is not known/),
  })
})

/** What the agents of these three answer; any of it can be another. */
function stage(change: ScriptedAgent['calls'] = {}, changed: Partial<RestorePlan> = {}) {
  const agents = nodes.map((node) => {
    const agent = new ScriptedAgent(node)
    agent.calls = { facts, 'clients-state': () => clients, 'data-kept': () => kept, ...change }
    return agent
  })
  const snapshot = lasting()
  const patroni = { ...noAccess.patroni, status: async () => leading() }
  const context = {
    operation: { plan: madeRestorePlan(changed) },
    cluster: {
      ...noAccess,
      patroni,
      agent: (name: string) => agents.find(({ node }) => node === name)?.access() ?? null,
    },
    say: () => {},
    signal: AbortSignal.timeout(30_000),
  }
  return {
    look: () => lookAtNodes(context, snapshot),
    asked: () => agents.map(({ done }) => done.map(({ verb }) => verb)),
  }
}

function facts() {
  const seen = recordedFacts('main')
  const patroni = { version: null, config: null, service: { exitCode: 0, text: 'active' } }
  return Object.assign({}, seen, { patroni, clients, kept })
}

function older(args: unknown, { node }: ScriptedAgent) {
  if (typeof args === 'object' && args !== null && 'withKept' in args)
    throw new AgentRefusal({ node, address: '' }, 'bad-arguments', 'Not known.')
  const { clients: _, kept: __, ...rest } = facts()
  return rest
}

function leading() {
  const world = healthyWorld(new Date())
  const status = readingsOf(world).members.find(({ name }) => name === world.leader)?.status.good?.value
  if (!status) throw new Error('Nobody leads in this world.')
  return status
}
