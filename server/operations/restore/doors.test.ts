import { describe, expect, test } from 'vitest'
import { AgentRefusal } from '#server/adapters/agent/refusal.ts'
import { fence, release } from './clients.ts'
import { returnStage } from './testing/return-stage.ts'

const at = (name: string) => ({ name, isDisabled: true, isPaused: true })

test('a database that pgBouncer no longer lists is opened by the name that it was closed by', async () => {
  const { context, asked, fenced } = stage()
  await fence(fenced)
  expect(await release(context)).toMatchObject({ kind: 'done' })
  expect(asked()).toEqual([
    ['clients-fence', {}],
    ['clients-release', { databases: ['shop', 'reports'] }],
  ])
})

test('an agent that takes no names opens the others, and that is said', async () => {
  const { context, asked, lines, agents, fenced } = stage()
  await fence(fenced)
  for (const agent of agents) {
    const error = new AgentRefusal({ node: agent.node, address: '' }, 'bad-arguments', 'Not known.')
    agent.faults = [{ verb: 'clients-release', error }]
  }
  expect(await release(context)).toMatchObject({ kind: 'done' })
  expect(asked().at(-1)).toEqual(['clients-release', {}])
  expect(lines.join(' ')).toContain('reports may still be closed to clients at the pgBouncer of pg-node-1')
})

test('what is listed is named as well: it may be gone from the list when the job looks', async () => {
  const { context, asked, fenced } = stage(['shop', 'reports'])
  await fence(fenced)
  expect(await release(context)).toMatchObject({ kind: 'done' })
  expect(asked().at(-1)).toEqual(['clients-release', { databases: ['shop', 'reports'] }])
})

test('an agent that takes no names, where all that was closed is listed, opens all and nothing is said', async () => {
  const { context, lines, agents, fenced } = stage(['shop', 'reports'])
  await fence(fenced)
  for (const agent of agents) {
    const error = new AgentRefusal({ node: agent.node, address: '' }, 'bad-arguments', 'Not known.')
    agent.faults = [{ verb: 'clients-release', error }]
  }
  expect(await release(context)).toMatchObject({ kind: 'done' })
  expect(lines.join(' ')).not.toContain('may still be closed')
})

describe('once the new timeline is published', () => {
  const published = {
    openedAt: new Date(),
    isPublished: true,
    fencedAt: new Date(),
    fencedNodes: ['pg-node-1', 'pg-node-2'],
  }

  test('a replica whose pooler does not open may be gone on without, and the others are open', async () => {
    const { context, facts } = two()
    Object.assign(facts, { restore: published })
    expect(await release(context)).toMatchObject({ kind: 'failed' })
    // The other is open, and has been since before this was over.
    expect(facts.restore).toMatchObject({ unheard: ['pg-node-2'], fencedNodes: ['pg-node-2'] })
    const writableAt = facts.restore?.writableAt
    expect(writableAt).toEqual(expect.any(Date))
    facts.restore = { ...facts.restore, unheard: [], passedOver: ['pg-node-2'] }
    expect(await release(context)).toEqual({
      kind: 'done',
      detail: 'pgBouncer takes clients again on pg-node-1. On pg-node-2, which is passed over, it was not opened.',
    })
    expect(facts.restore).toMatchObject({ unheard: [], fencedNodes: ['pg-node-2'], writableAt })
  })

  test('without the one of the leader nothing goes on', async () => {
    const { context, facts, agents } = two()
    Object.assign(facts, { restore: published })
    for (const agent of agents)
      agent.runs = { 'clients-release': () => ({ state: 'failed', problem: 'No pgBouncer.' }) }
    expect(await release(context)).toMatchObject({ kind: 'failed' })
    expect(facts.restore?.unheard).toEqual([])
  })

  /** Of two nodes with a pooler the second's does not open. */
  function two() {
    const found = returnStage({ 'pg-node-1': 4, 'pg-node-2': 4 })
    for (const agent of found.agents) {
      const isBad = agent.node === 'pg-node-2'
      agent.runs = {
        'clients-release': () => (isBad ? { state: 'failed', problem: 'No pgBouncer.' } : { state: 'succeeded' }),
      }
    }
    Object.assign(found.facts, { restoreBefore: { members: [], poolers: ['pg-node-1', 'pg-node-2'] } })
    const { context } = found
    return { ...found, context: { ...context, binding: { ...context.binding, step: 'release' } } }
  }
})

/** A node whose pooler was closed to two databases and lists these now. */
function stage(listed = ['shop']) {
  const found = returnStage({ 'pg-node-1': 4 })
  for (const agent of found.agents) {
    agent.runs = {
      'clients-fence': () => ({ state: 'succeeded', result: { pooler: { databases: ['shop', 'reports'].map(at) } } }),
    }
    agent.calls = { 'clients-state': () => ({ pooler: { databases: listed.map(at) } }) }
  }
  Object.assign(found.facts, { restoreBefore: { ...found.facts.restoreBefore, poolers: ['pg-node-1'] } })
  const { context } = found
  const fenced = { ...context, binding: { ...context.binding, step: 'fence' } }
  return {
    ...found,
    context: { ...context, binding: { ...context.binding, step: 'release' } },
    asked: () => found.agents.flatMap(({ done }) => done.map(({ verb, args }) => [verb, args])),
    fenced,
  }
}
