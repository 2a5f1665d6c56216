import { describe, expect, test } from 'vitest'
import { planRehearsal } from './plan-rehearsal.ts'
import type { RehearsalCase } from './plan-rehearsal/planning.ts'
import type { RehearsalWish } from './rehearsal-plan.ts'
import { minute } from './testing/backup-made.ts'
import { withMember } from './testing/change.ts'
import { hour, lasting, madeAgents, madeCase, madeView } from './testing/restore-case.ts'
import { healthyWorld, secondsBefore } from './testing/world.ts'

function plan(change: Partial<RehearsalCase> = {}, wish: Partial<RehearsalWish> = {}) {
  const { snapshot, agents, backups, past, now } = madeCase()
  const asked: RehearsalWish = {
    target: { type: 'time', at: minute(8.5), timeline: null },
    repository: null,
    node: null,
    check: null,
    verifiesPages: false,
    extract: null,
    ...wish,
  }
  return planRehearsal({ snapshot, agents, backups, past, now, wish: asked, ...change })
}

describe('where it is done', () => {
  test('on the replica with the most room', () => {
    const agents = madeAgents({ 'pg-node-2': { dataFreeBytes: 90_000_000_000 } })
    expect(plan({ agents })).toMatchObject({
      kind: 'rehearsal',
      node: 'pg-node-2',
      nodeReason: 'pg-node-2 is the replica with the most room, so clients that write are not slowed down.',
      leader: 'pg-node-3',
      set: '20261124-000700F',
      targetTimeline: 4,
      space: { neededBytes: 1_100_000, freeBytes: 90_000_000_000 },
      blockers: [],
      warnings: [],
    })
  })

  test('on one that follows rather than on one that does not', () => {
    const idle = withMember(healthyWorld(hour), 'pg-node-1', { state: 'running', streamsFrom: null })
    expect(plan({ snapshot: lasting(idle) }).node).toBe('pg-node-2')
  })

  test('beside the leader where no replica can, and that is said', () => {
    const agents = madeAgents({
      'pg-node-1': { dataFreeBytes: 1000 },
      'pg-node-2': { vetoed: ['rehearsal-restore'] },
    })
    const found = plan({ agents })
    expect(found).toMatchObject({ node: 'pg-node-3', blockers: [] })
    expect(found.warnings).toEqual([expect.stringMatching(/^pg-node-3 leads: reading, writing/)])
  })

  test('where it was asked for, or not at all', () => {
    expect(plan({}, { node: 'pg-node-1' })).toMatchObject({ node: 'pg-node-1', blockers: [] })
    expect(plan({}, { node: 'pg-node-9' }).blockers).toEqual(['This cluster has no member called pg-node-9.'])
    const agents = madeAgents({ 'pg-node-1': { dataFreeBytes: 1000 } })
    expect(plan({ agents }, { node: 'pg-node-1' }).blockers).toEqual([expect.stringMatching(/has 1 kB free/)])
    expect(plan({ agents: [] }, { node: 'pg-node-1' }).blockers).toEqual([
      expect.stringMatching(/^No agent is enrolled/),
    ])
  })

  test('room that is not known is warned about', () => {
    const agents = madeAgents({ 'pg-node-1': { dataFreeBytes: null } })
    expect(plan({ agents }, { node: 'pg-node-1' }).warnings).toEqual([
      expect.stringMatching(/^How much room is free on pg-node-1/),
    ])
  })
})

describe('what it does', () => {
  test('in sentences, with all that was wished for', () => {
    const extract = { database: 'shop', schema: 'public', table: 'orders' }
    const { sentences, warnings, pointOfNoReturn } = plan(
      { past: [{ bytes: 1000, ms: 60 }] },
      { check: 'select count(*) from orders', verifiesPages: true, extract },
    )
    expect(sentences).toHaveLength(6)
    expect(sentences[0]).toContain('1 MB, about 1 min going by restores of before. The cluster goes on undisturbed.')
    expect(sentences[4]).toContain('pg_dump writes the table public.orders of the database shop')
    expect(warnings).toEqual([expect.stringMatching(/^amcheck reads all 1 MB/), expect.stringMatching(/in the clear/)])
    expect(pointOfNoReturn).toMatch(/^None:/)
  })

  test('only what is archived can be rehearsed, unless the leader archives the rest first', () => {
    const wish: Partial<RehearsalWish> = { target: { type: 'time', at: minute(40), timeline: null } }
    expect(plan({}, wish)).toMatchObject({ nearestAt: minute(10), blockers: [expect.stringMatching(/reach that far/)] })
    expect(plan({ archivesFirst: true }, wish)).toMatchObject({ blockers: [], set: '20261124-000700F' })
  })
})

describe('what stands in the way', () => {
  test('a console that sees nothing, no backups, and names that are none', () => {
    const stale = lasting(healthyWorld(secondsBefore(hour, 100)))
    expect(plan({ snapshot: stale }).blockers).toEqual([expect.stringMatching(/well enough to choose a node/)])
    expect(plan({ backups: null }).blockers).toEqual([expect.stringMatching(/have not been read yet/)])
    expect(plan({ backups: madeView({ stanza: null }) }).blockers).toEqual([expect.stringMatching(/no stanza/)])
    const extract = { database: '', schema: 'public', table: null }
    expect(plan({}, { extract }).blockers).toEqual([expect.stringMatching(/named by 1 to 63 characters/)])
  })

  test('a cluster without a leader can still be rehearsed', () => {
    const world = healthyWorld(hour)
    const members = world.members.map((member) => ({ ...member, postgres: 'standby' as const, streamsFrom: null }))
    expect(plan({ snapshot: lasting({ ...world, leader: null, members }) })).toMatchObject({ blockers: [], leader: '' })
  })
})
