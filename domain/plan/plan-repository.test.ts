import { describe, expect, test } from 'vitest'
import type { AgentSight } from './backup-plan.ts'
import { notRunning } from '#domain/backup/backup-progress.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { planRepository } from './plan-repository.ts'
import type { RepositoryPlan, RepositoryWish } from './repository-plan.ts'
import { labelOf, madeBackup } from '#domain/testing/backup-made.ts'
import { withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const earlier = secondsBefore(noon, 120)
const ok = { statusCode: 0, message: 'ok' }
const backups = [madeBackup(1, 2, 10), madeBackup(1, 4, 20)]
const stanza = {
  name: 'main',
  cipher: 'none',
  ...ok,
  repositories: [{ key: 1, cipher: 'none', ...ok }],
  databases: [],
  archives: [],
  backups,
  backup: notRunning,
  restore: notRunning,
}
const view: BackupView = {
  node: 'pg-node-2',
  stanzaName: 'main',
  stanza,
  readAt: noon,
  backupsLeftOut: 0,
  runningSince: null,
  archive: null,
  archiver: null,
  walSegmentSizeBytes: 16_777_216,
  timeline: 4,
  systemIdentifier: null,
  problems: [],
}

function agentOn(node: string, change: Partial<AgentSight> = {}): AgentSight {
  const base = { node, state: 'enrolled', lockedReason: null, seenAt: noon, problem: null, vetoed: [] } as const
  return { ...base, stanza: 'main', ...change }
}

const all = ['pg-node-1', 'pg-node-2', 'pg-node-3'].map((node) => agentOn(node))

interface Given extends Partial<RepositoryWish> {
  agents?: AgentSight[]
  seen?: BackupView | null
  world?: World
}

function plan({ agents = all, seen = view, world = healthyWorld(noon), ...wish }: Given = {}): RepositoryPlan {
  const snapshot = follow(healthyWorld(earlier), world)
  return planRepository(
    { snapshot, agents, view: seen },
    { kind: 'repository-expire', repository: 1, set: null, ...wish },
    noon,
  )
}

const chores = ['repository-check', 'repository-verify', 'repository-expire', 'stanza-create'] as const

test.each(chores)('%s is done on the node of the leader', (kind) => {
  expect(plan({ kind })).toMatchObject({ kind, node: 'pg-node-3', stanza: 'main', repository: 1, blockers: [] })
})

const down: World = { ...healthyWorld(noon), leader: null }
const stopped = withMember(down, 'pg-node-3', { postgres: null, state: 'stopped' })

describe('while nobody leads', () => {
  test('a repository can be verified where it was last read from', () => {
    const found = plan({ kind: 'repository-verify', world: stopped })
    expect(found).toMatchObject({ node: 'pg-node-2', blockers: [] })
  })

  test.each(['repository-check', 'repository-expire', 'stanza-create'] as const)('%s waits', (kind) => {
    expect(plan({ kind, world: stopped }).blockers).toHaveLength(1)
  })
})

const preview = {
  backups: [{ repository: 1, label: labelOf(10, 'F') }],
  archives: [{ repository: 1, archiveId: '15-1', first: '000000010000000000000001', last: '000000010000000000000003' }],
}

test.each<[string, Given, RegExp]>([
  ['no agent', { agents: [] }, /^No agent is enrolled on pg-node-3/],
  ['a veto', { agents: [agentOn('pg-node-3', { vetoed: ['pgbackrest-expire'] })] }, /forbid to expire backups/],
  ['no stanza', { seen: { ...view, stanza: null } }, /Set up the repository first/],
  ['another repository', { repository: 2 }, /knows no repository 2/],
  ['no repository', { repository: 0 }, /1 to 256/],
  ['a stanza of no form', { agents: [agentOn('pg-node-3', { stanza: 'A b' })] }, /not known which stanza/],
  [
    'a backup that runs',
    { seen: { ...view, stanza: { ...stanza, backup: { ...notRunning, isRunning: true } } } },
    /wait for its end/,
  ],
  ['no such backup', { set: '20261101-010000F' }, /holds no backup 20261101/],
  ['no label', { set: 'latest' }, /no label/],
  [
    'the last full backup',
    { set: labelOf(10, 'F'), seen: { ...view, stanza: { ...stanza, backups: [madeBackup(1, 2, 10)] } } },
    /only full backup/,
  ],
])('%s stands in the way of an expiry', (_, given, words) => {
  expect(plan(given).blockers).toEqual([expect.stringMatching(words)])
})

test('a check asks for no certain repository, and a set-up for no stanza', () => {
  expect(plan({ kind: 'repository-check', repository: 2 }).blockers).toEqual([])
  expect(plan({ kind: 'stanza-create', seen: { ...view, stanza: null } })).toMatchObject({ blockers: [], warnings: [] })
  expect(plan({ kind: 'stanza-create' }).warnings).toEqual([expect.stringContaining('is there already')])
})

test('what would go is told, and that little is left', () => {
  const found = plan({ preview })
  expect(found.preview).toEqual(preview)
  expect(found.sentences.join(' ')).toContain(`1 backup would go: ${labelOf(10, 'F')}.`)
  expect(found.sentences.join(' ')).toContain('WAL of 15-1 would go as well, 000000010000000000000001 to')
  expect(found.warnings).toEqual([expect.stringMatching(`^One full backup is left after that: ${labelOf(20, 'F')}`)])
})

test('without a retention nothing expires', () => {
  const kept = { repository: 1, full: null, fullType: 'count', diff: null, archive: null, archiveType: 'full' } as const
  expect(plan({ seen: { ...view, retention: [kept] } }).warnings).toEqual([
    expect.stringMatching(/^Nothing will expire/),
  ])
})
