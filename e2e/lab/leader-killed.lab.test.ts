import { beforeEach, expect, test } from 'vitest'
import { killNode } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { healLab, heirsOf, leaderOf, look, rest, untilSeen } from './watched-lab.ts'

beforeEach(async () => void (await healLab()))

test('a leader that is killed is followed by one the forecast named', async () => {
  const before = await look()
  const old = leaderOf(before)
  const promised = heirsOf(before)
  expect(before.forecast?.outcome).toBe('takeover')
  const killedAt = new Date()

  await killNode(old)
  const silent = await untilSeen('that the leader does not answer', 60_000, ({ verdict }) => verdict !== 'healthy')
  expect(silent.sentence).toContain(old)
  await untilSeen('that nobody takes writes', 60_000, ({ verdict }) => verdict === 'down')
  const followed = await untilSeen('another leader', 90_000, ({ leader }) => leader !== null && leader !== old)
  const heir = leaderOf(followed)
  expect(promised).toContain(heir)

  const healed = await healLab()
  expect(healed.leader).toBe(heir)
  const kinds = (await rest.events(labClusterName, killedAt)).map(({ kind, member }) => `${kind} ${member ?? ''}`)
  expect(kinds).toContain(`leader-changed ${heir}`)
  expect(kinds).toContain(`leader-writable ${heir}`)
  expect(kinds).toContain(`member-unreachable ${old}`)
  expect(kinds).toContain(`member-reachable ${old}`)
})
