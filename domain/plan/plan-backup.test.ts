import { describe, expect, test } from 'vitest'
import type { AgentSight, BackupPlan, BackupWish } from './backup-plan.ts'
import { planBackup } from './plan-backup.ts'
import { planSwitchover } from './plan-switchover.ts'
import { withMember } from '#domain/testing/change.ts'
import { follow } from '#domain/testing/follow.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const noon = new Date('2026-11-23T12:00:00.000Z')
const earlier = secondsBefore(noon, 120)
const names = ['pg-node-1', 'pg-node-2', 'pg-node-3']

function agentOn(node: string, change: Partial<AgentSight> = {}): AgentSight {
  const base = { node, state: 'enrolled', lockedReason: null, seenAt: noon, problem: null, vetoed: [] } as const
  return { ...base, stanza: 'main', ...change }
}

function plan(
  wish: Partial<BackupWish> = {},
  agents: AgentSight[] = names.map((name) => agentOn(name)),
  world: World = healthyWorld(noon),
): BackupPlan {
  const asked: BackupWish = { type: 'full', repository: 1, fromStandby: false, startFast: true, stanza: null, ...wish }
  return planBackup(follow(healthyWorld(earlier), world), agents, asked, noon)
}

const onLeader = (change: Partial<AgentSight>) => [agentOn('pg-node-3', change)]

describe('where it runs', () => {
  test('on the node of the leader', () => {
    expect(plan()).toMatchObject({
      node: 'pg-node-3',
      nodeReason: 'pg-node-3 leads, and pgBackRest runs there.',
      leader: 'pg-node-3',
      timeline: 4,
      systemIdentifier: '7711258502852368380',
      stanza: 'main',
      blockers: [],
      warnings: [],
      pointOfNoReturn: expect.stringContaining('can be cancelled at any time'),
    })
  })

  test('on the replica that follows most closely, where its agent can be asked', () => {
    expect(plan({ fromStandby: true })).toMatchObject({ node: 'pg-node-1', blockers: [] })
    const behind = withMember(healthyWorld(noon), 'pg-node-1', { lsn: 184_000_000, replayedLsn: 184_000_000 })
    expect(plan({ fromStandby: true }, undefined, behind)).toMatchObject({ node: 'pg-node-2', blockers: [] })
    const without = [agentOn('pg-node-2'), agentOn('pg-node-3')]
    expect(plan({ fromStandby: true }, without)).toMatchObject({ node: 'pg-node-2', blockers: [] })
  })

  test('nowhere while no replica follows', () => {
    const { members, ...rest } = healthyWorld(noon)
    const alone: World = { ...rest, members: members.filter(({ name }) => name === 'pg-node-3') }
    const found = planBackup(follow(alone, alone), [agentOn('pg-node-3')], { ...plan(), fromStandby: true }, noon)
    expect(found).toMatchObject({ node: '', sentences: [], blockers: [expect.stringMatching(/^No replica follows/)] })
  })

  test('for the stanza that is named, else the agent’s, else the scope', () => {
    expect(plan({ stanza: 'other' }).stanza).toBe('other')
    expect(plan({}, onLeader({ stanza: null })).stanza).toBe('postgres-cluster')
    expect(plan({ stanza: 'Main' }).blockers).toEqual([expect.stringMatching(/^Main is no name of a stanza/)])
  })
})

describe('what stands in the way', () => {
  const vetoes = ['backup', 'pgbackrest', 'pgbackrest-backup'].map((name): [string, AgentSight[], RegExp] => [
    `a veto of ${name}`,
    onLeader({ vetoed: [name] }),
    /^The settings of the agent on pg-node-3 forbid backups\./,
  ])
  test.each([
    ['no agent', [], /^No agent is enrolled on pg-node-3/],
    ['agents elsewhere only', [agentOn('pg-node-1')], /^No agent is enrolled on pg-node-3/],
    ['a locked agent', onLeader({ state: 'locked', lockedReason: 'It was cloned.' }), /is locked: It was cloned\./],
    [
      'an agent that is not reached',
      onLeader({ problem: 'Connection refused.' }),
      /cannot be asked now: Connection refused\./,
    ],
    ['an agent that was never heard', onLeader({ seenAt: null }), /has not answered yet/],
    ['an agent not heard lately', onLeader({ seenAt: secondsBefore(noon, 90) }), /has not been heard for 1 min/],
    ...vetoes,
  ])('%s', (_, agents, says) => {
    expect(plan({}, agents).blockers).toEqual([expect.stringMatching(says)])
  })

  test('nobody who leads', () => {
    const { members, ...rest } = healthyWorld(noon)
    const world: World = {
      ...rest,
      leader: null,
      members: members.map((member) => ({ ...member, postgres: 'standby', streamsFrom: null })),
    }
    expect(plan({}, undefined, world).blockers).toEqual([expect.stringMatching(/^Nobody leads/)])
  })

  test('a standby cluster, and a console that sees nothing', () => {
    const { config, members, ...rest } = healthyWorld(noon)
    const standby: World = {
      ...rest,
      config: { ...config, standbyCluster: true },
      members: members.map((member) => ({ ...member, postgres: 'standby' })),
    }
    expect(plan({}, undefined, standby).blockers).toEqual([expect.stringMatching(/^A standby cluster has no primary/)])
    expect(plan({}, undefined, healthyWorld(secondsBefore(noon, 100))).blockers).toEqual([
      expect.stringMatching(/does not see the cluster well enough/),
    ])
  })

  test('a repository that is none', () => {
    expect(plan({ repository: 0 }).blockers).toEqual([expect.stringMatching(/1 to 256/)])
  })
})

describe('what is worth knowing', () => {
  const newest = { full: { bytes: 40_000_000_000, ms: 7_200_000 } }

  test('too little space for another of its size', () => {
    const repositories = [{ repository: 1, freeBytes: 30_000_000_000, newest }]
    expect(plan({}, onLeader({ repositories })).warnings).toEqual([
      'Repository 1 has 30 GB free, and the last backup of this type took 40 GB. Old backups are removed only after a new one has succeeded.',
    ])
    expect(plan({ type: 'incr' }, onLeader({ repositories })).warnings).toEqual([])
  })

  test.each([
    ['within its usual time', 3600, newest, 1],
    ['after its usual time', 8000, newest, 0],
    ['in the night, where its time is not known', 8000, {}, 1],
  ])('a switchover scheduled %s', (_, seconds, known, warnings) => {
    const world: World = {
      ...healthyWorld(noon),
      scheduledSwitchover: { at: secondsBefore(noon, -seconds), from: 'pg-node-3', to: null },
    }
    const repositories = [{ repository: 1, freeBytes: null, newest: known }]
    expect(plan({}, onLeader({ repositories }), world).warnings).toHaveLength(warnings)
  })

  test('a backup that runs from there already', () => {
    const world = withMember(healthyWorld(noon), 'pg-node-3', { backupRunning: true })
    expect(plan({}, undefined, world).warnings).toEqual([expect.stringMatching(/^A backup is running from pg-node-3/)])
  })
})

test('whoever moves the lead is told of a backup that an operation takes, once', () => {
  const world = withMember(healthyWorld(noon), 'pg-node-3', { backupRunning: true })
  const backup = { leader: 'pg-node-3', requestedBy: 'Ada', requestedAt: secondsBefore(noon, 600) }
  const snapshot = follow(healthyWorld(earlier), world)
  const wish = { kind: 'switchover', candidate: 'pg-node-1', scheduledAt: null, backup, now: noon } as const
  expect(planSwitchover(snapshot, wish).warnings).toEqual([
    'A backup that Ada asked for 10 min ago is running from pg-node-3. It will fail and has to be started again.',
  ])
})
