import { describe, expect, test } from 'vitest'
import { planRestore } from './plan-restore.ts'
import type { RestoreCase } from './plan-restore/planning.ts'
import type { RestoreWish } from './restore-plan.ts'
import { withMember } from '#domain/testing/change.ts'
import { madePlace } from '#domain/testing/data-place-made.ts'
import { hour, lasting, madeAgents, madeCase, madeView } from '#domain/testing/restore-case.ts'
import { healthyWorld, secondsBefore, type World } from '#domain/testing/world.ts'

const spread = { tablespaces: [{ oid: '16385', path: '/srv/fast' }] }
const plan = (change: Partial<RestoreCase> = {}, wish: Partial<RestoreWish> = {}) => planRestore(madeCase(change, wish))

describe('what stands in the way', () => {
  const world = healthyWorld(hour)
  const etcd = (change: Partial<World>) => ({ snapshot: lasting({ ...world, ...change }) })
  test.each<[string, Partial<RestoreCase>, RegExp]>([
    ['no etcd among the sources', etcd({ etcd: 'none' }), /not given the addresses of etcd/],
    ['a paused cluster', etcd({ config: { ...world.config, pause: true } }), /End the pause first/],
    [
      'a standby cluster',
      etcd({
        config: { ...world.config, standbyCluster: true },
        members: world.members.map((member) => ({ ...member, postgres: 'standby' })),
      }),
      /Recover the main site/,
    ],
    ['no agent on a replica', { agents: madeAgents().slice(1) }, /^No agent is enrolled on pg-node-1/],
    [
      'a locked agent',
      { agents: madeAgents({ 'pg-node-2': { state: 'locked', lockedReason: 'It was cloned.' } }) },
      /is locked: It was cloned\./,
    ],
    [
      'a silent agent',
      { agents: madeAgents({ 'pg-node-2': { seenAt: secondsBefore(hour, 90) } }) },
      /has not been heard for 1 min/,
    ],
    ['a veto on a replica', { agents: madeAgents({ 'pg-node-1': { vetoed: ['patroni-stop'] } }) }, /pg-node-1 forbid/],
    ['a veto on the leader', { agents: madeAgents({ 'pg-node-3': { vetoed: ['restore'] } }) }, /pg-node-3 forbid/],
    [
      'tablespaces',
      {
        agents: madeAgents({
          'pg-node-3': { dataPlace: madePlace(spread) },
          'pg-node-1': { dataPlace: madePlace(spread) },
        }),
      },
      /^Tablespace 16385 lies outside the data folder of pg-node-3/,
    ],
    [
      'a replica whose data folder cannot be set aside',
      {
        agents: madeAgents({
          'pg-node-3': { dataPlace: null },
          'pg-node-1': { dataPlace: madePlace({ isMount: true }) },
        }),
      },
      /on pg-node-1 is a file system of its own/,
    ],
    ['backups never read', { backups: null }, /have not been read yet/],
    ['no stanza', { backups: madeView({ stanza: null }) }, /knows no stanza main/],
    ['an archive never listed', { backups: madeView({ archive: null }) }, /has not been listed yet/],
    [
      'a backup of ours under way',
      { runningBackup: { leader: 'pg-node-3', requestedBy: 'Ada', requestedAt: secondsBefore(hour, 600) } },
      /^A backup that Ada asked for 10 min ago is running/,
    ],
  ])('%s', (_, change, says) => {
    expect(plan(change).blockers).toEqual([expect.stringMatching(says)])
  })

  test('a repository that cannot be read, and one that is not there', () => {
    const view = madeView()
    const repositories = [{ key: 1, cipher: 'none', statusCode: 99, message: 'unable to open' }]
    const broken = { ...view, stanza: view.stanza && { ...view.stanza, repositories } }
    expect(plan({ backups: broken }).blockers).toEqual([expect.stringMatching(/^Repository 1 cannot be read/)])
    expect(plan({}, { repository: 2 }).blockers).toEqual([expect.stringMatching(/has no repository 2/)])
  })

  test('the stanza of another cluster, and a backup of others that runs', () => {
    const view = madeView()
    const databases = [{ id: 2, repository: 1, systemIdentifier: '1', version: '15' }]
    const foreign = { ...view, stanza: view.stanza && { ...view.stanza, databases } }
    expect(plan({ backups: foreign }).blockers).toEqual([
      expect.stringMatching(/for another cluster: system identifier 1/),
    ])
    const busy = view.stanza && { ...view.stanza, backup: { ...view.stanza.backup, isRunning: true } }
    expect(plan({ backups: { ...view, stanza: busy } }).blockers).toEqual([expect.stringMatching(/taking or expiring/)])
  })

  test('a dead replica whose agent is silent too, until it has been gone for long', () => {
    const agents = madeAgents({ 'pg-node-1': { problem: 'No route to host.' } })
    const dead = {
      rest: { problem: 'timeout', since: secondsBefore(hour, 600) },
      isListed: false,
      sql: null,
      postgres: null,
    } as const
    const snapshot = lasting(withMember(world, 'pg-node-1', dead))
    expect(plan({ snapshot, agents }).blockers).toEqual([
      expect.stringMatching(
        /pg-node-1 cannot be asked now: No route to host\. pg-node-1 has been gone for .* proven down all the same\.$/,
      ),
    ])
    const longGone = {
      ...snapshot,
      members: snapshot.members.map((member) =>
        member.name === 'pg-node-1'
          ? { ...member, missingSince: secondsBefore(hour, 900_000), postgres: null }
          : member,
      ),
    }
    const without = plan({ snapshot: longGone, agents })
    expect(without).toMatchObject({ blockers: [], replicas: ['pg-node-2'] })
    expect(without.warnings).toContainEqual(expect.stringMatching(/^pg-node-1 has been gone for 10 d/))
  })

  test('nobody who leads, and a console that sees nothing', () => {
    const leaderless: World = {
      ...world,
      leader: null,
      members: world.members.map((member) => ({ ...member, postgres: 'standby', streamsFrom: null })),
    }
    expect(plan({ snapshot: lasting(leaderless) }).blockers).toEqual([expect.stringMatching(/^Nobody leads/)])
    const stale = lasting(healthyWorld(secondsBefore(hour, 100)))
    expect(plan({ snapshot: stale }).blockers).toEqual([expect.stringMatching(/does not see the cluster well enough/)])
  })

  test('a check query that is none', () => {
    expect(plan({}, { check: ' ' }).blockers).toEqual(['The check query is empty.'])
    expect(plan({}, { check: 'x'.repeat(4001) }).blockers).toEqual([expect.stringMatching(/longer than 4000/)])
  })
})

test('clients cannot be kept out until the end where no pgBouncer keeps them out', () => {
  const snapshot = lasting(healthyWorld(hour))
  const without = (...names: string[]) => ({
    snapshot: {
      ...snapshot,
      members: snapshot.members.map((member) => (names.includes(member.name) ? { ...member, pooler: null } : member)),
    },
  })
  const { blockers, warnings } = plan(without('pg-node-1', 'pg-node-3'), { clientsBack: 'end' })
  expect(blockers).toEqual([
    expect.stringMatching(/no pgBouncer was seen on pg-node-1 and pg-node-3: .* as soon as it takes writes\./),
  ])
  expect(warnings.join(' ')).not.toContain('No pgBouncer')
  expect(plan({}, { clientsBack: 'end' }).blockers).toEqual([])
  expect(plan(without('pg-node-1'), { clientsBack: 'writable' }).blockers).toEqual([])
})
