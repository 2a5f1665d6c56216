import { beforeEach, expect, test } from 'vitest'
import { nodes } from '#lab/addresses.ts'
import { sql, startNode, stopNode } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { until } from '../until.ts'
import { healLab, leaderOf, look, rest, untilSeen } from './watched-lab.ts'

beforeEach(async () => void (await healLab()))

test('a lost etcd quorum is told as such, not as a fallen Postgres', async () => {
  const leader = leaderOf(await look())
  const stoppedAt = new Date()
  await Promise.all([stopNode('etcd-2'), stopNode('etcd-3')])

  const blind = await untilSeen('the lost quorum', 60_000, ({ findings }) =>
    findings.some(({ kind }) => kind === 'etcd-no-quorum'),
  )
  expect(blind.verdict).not.toBe('healthy')
  expect(blind.sentence).toMatch(/etcd/)
  expect(blind.findings.map(({ kind }) => kind)).not.toContain('member-not-running')
  // Postgres itself still answers on every node; the leader's, which is about to be demoted, is asked below.
  for (const node of nodes.filter((name) => name !== leader)) {
    expect(await sql(node, 'select 1 as one')).toEqual([{ one: 1 }])
  }

  // Patroni demotes a leader whose lease it cannot renew: that too is the DCS's loss, not a fallen server.
  const told = new Set<string>()
  await until({ what: `${leader} makes itself read-only`, timeoutMs: 60_000, everyMs: 100 }, async () => {
    told.add((await look()).sentence)
    const [row] = await sql(leader, 'select pg_is_in_recovery() as recovers')
    return row?.['recovers'] === true
  })
  const demoted = await untilSeen('that nobody takes writes', 60_000, ({ verdict }) => verdict === 'down')
  told.add(demoted.sentence)
  expect([...told].filter((sentence) => !/etcd/.test(sentence))).toEqual([])

  await Promise.all([startNode('etcd-2'), startNode('etcd-3')])
  const healed = await healLab()
  expect(healed.leader).not.toBeNull()
  const kinds = (await rest.events(labClusterName, stoppedAt)).map(({ kind }) => kind)
  expect(kinds).toContain('etcd-quorum-lost')
  expect(kinds).toContain('etcd-quorum-returned')
})
