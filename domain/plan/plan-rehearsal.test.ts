import { describe, expect, test } from 'vitest'
import { planRehearsal } from './plan-rehearsal.ts'
import type { RehearsalCase } from './plan-rehearsal/planning.ts'
import type { RehearsalWish } from './rehearsal-plan.ts'
import { minute } from '#domain/testing/backup-made.ts'
import { withMember } from '#domain/testing/change.ts'
import { hour, lasting, madeAgents, madeCase, madeView } from '#domain/testing/restore-case.ts'
import { healthyWorld, secondsBefore } from '#domain/testing/world.ts'

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

test('an extract that may be too large to be handed over is told of beforehand', () => {
  const view = madeView()
  const backups = view.stanza?.backups.map((backup) => ({ ...backup, sizeBytes: 2_000_000_000 })) ?? []
  const large = { ...view, stanza: view.stanza && { ...view.stanza, backups } }
  const extract = { database: 'shop', schema: 'public', table: 'orders' }
  const { node, warnings } = plan({ backups: large }, { extract })
  expect(warnings).toEqual([
    expect.stringMatching(/in the clear/),
    expect.stringMatching(new RegExp(`at most, and the backup holds 2 GB\\. A larger one lies on ${node} .*\\.dump`)),
  ])
  expect(plan({ backups: large }).warnings).toEqual([])
})

const unarchived: Partial<RehearsalWish> = { target: { type: 'time', at: minute(40), timeline: null } }

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

  test('what is archived is rehearsed as it is', () => {
    expect(plan()).toMatchObject({ archivesFirst: false, blockers: [] })
    expect(plan({}, { target: { type: 'default', timeline: null } })).toMatchObject({
      archivesFirst: false,
      blockers: [],
    })
  })

  test('where the moment is not archived yet, the leader archives first, and that is said', () => {
    const found = plan({}, unarchived)
    expect(found).toMatchObject({ archivesFirst: true, blockers: [], warnings: [], set: '20261124-000700F' })
    expect(found.sentences[0]).toMatch(/^pg-node-3 leads: it commits a mark and archives what it has not/)
  })

  test('where it may be the last thing archived, a commit after it is archived too', () => {
    const last: Partial<RehearsalWish> = { target: { type: 'time', at: minute(9.5), timeline: null } }
    expect(plan({}, last)).toMatchObject({ archivesFirst: true, blockers: [], warnings: [] })
    const agents = madeAgents({ 'pg-node-3': { vetoed: ['postgres-mark-wal'] } })
    const asIs = plan({ agents }, last)
    expect(asIs).toMatchObject({ archivesFirst: false, blockers: [] })
    expect(asIs.warnings).toEqual([expect.stringMatching(/lies in the last archived segment/)])
  })

  test('what the leader cannot archive cannot be rehearsed, and the nearest moment is told', () => {
    const agents = madeAgents({ 'pg-node-3': { vetoed: ['postgres-mark-wal'] } })
    expect(plan({ agents }, unarchived)).toMatchObject({
      nearestAt: minute(10),
      blockers: [expect.stringMatching(/reach that far/), expect.stringMatching(/pg-node-3 forbid what has a leader/)],
    })
    expect(plan({}, { target: { type: 'time', at: minute(61), timeline: null } })).toMatchObject({
      archivesFirst: false,
      blockers: [expect.stringMatching(/is yet to come/)],
    })
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
