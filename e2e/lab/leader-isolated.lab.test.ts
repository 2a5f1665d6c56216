import { beforeEach, expect, test } from 'vitest'
import { isolateNode, sql } from '#lab/control.ts'
import { until } from '../until.ts'
import { healLab, leaderOf, look, untilFollowed } from './watched-lab.ts'

beforeEach(async () => void (await healLab()))

test('a leader that is cut off from etcd steps down, and the console never sees two', async () => {
  const old = leaderOf(await look())
  await isolateNode(old)

  const seen = new Set<string>()
  const followed = await untilFollowed(old, ({ findings }) => {
    for (const { kind } of findings) seen.add(kind)
  })
  await until({ what: `${old} takes no writes`, timeoutMs: 60_000 }, async () => {
    const [row] = await sql(old, 'select pg_is_in_recovery() as recovers')
    return row?.['recovers'] === true
  })
  expect(seen).not.toContain('split-brain')
  expect(followed.members.map(({ name }) => name)).toContain(old)

  const healed = await healLab()
  expect(healed.leader).toBe(followed.leader)
  expect(healed.members.find(({ name }) => name === old)?.state).toMatch(/streaming|running/)
})
