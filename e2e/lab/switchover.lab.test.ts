import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { switchoverResultOf } from '#domain/operation/operation.ts'
import { sql } from '#lab/control.ts'
import { labClusterName } from '../lab-cluster.ts'
import { healLab, heirsOf, leaderOf, look, rest, timelineOf, untilSeen } from './watched-lab.ts'

beforeEach(async () => void (await healLab()))

test('a switchover ends when the new leader takes writes and everybody streams from it', async () => {
  const before = await look()
  const to = heirsOf(before)[0] ?? ''
  const asked = await rest.switchOver(labClusterName, { to, reason: 'the lab test moves the lead' })
  const ended = await rest.untilEnded(asked.id)

  expect(ended.outcome).toContain(to)
  expect(ended.state).toBe('succeeded')
  expect(ended.steps.every(({ state }) => state === 'done' || state === 'skipped')).toBe(true)
  const result = switchoverResultOf(ended.result)
  expect(result?.newLeader).toBe(to)
  // On a busy machine looks may lie too far apart for a length; then the reason is told.
  expect(String(result?.interruptionMs ?? result?.interruptionBasis)).toMatch(/^([1-9]\d*$|Not measured: \S)/)

  const after = await look()
  expect(leaderOf(after)).toBe(to)
  expect(timelineOf(after)).toBe(timelineOf(before) + 1)
  expect(await sql(to, 'select pg_is_in_recovery() as recovers')).toEqual([{ recovers: false }])
  const audit = await rest.audit(labClusterName)
  expect(audit.some(({ operationId, outcome }) => operationId === ended.id && outcome === 'done')).toBe(true)
})

test('two who ask at once start one operation, and the other is told who holds it', async () => {
  const before = await look()
  const ask = (reason: string) =>
    rest.switchOver(labClusterName, { to: null, reason }).then(
      (operation) => ({ operation, error: '' }),
      (error: unknown) => ({ operation: null, error: String(error) }),
    )
  const answers = await Promise.all([ask('first tab'), ask('second tab')])
  const started = answers.flatMap(({ operation }) => (operation === null ? [] : [operation]))
  expect(started).toHaveLength(1)
  expect(answers.find(({ operation }) => operation === null)?.error).toMatch(/tests/)

  const ended = await rest.untilEnded(started[0]?.id ?? '')
  expect(ended.state).toBe('succeeded')
  expect(timelineOf(await look())).toBe(timelineOf(before) + 1)
})

test('the same request sent twice is one operation', async () => {
  const order = { to: null, reason: 'a double click', idempotencyKey: randomUUID() }
  const [one, other] = await Promise.all([
    rest.switchOver(labClusterName, order),
    rest.switchOver(labClusterName, order),
  ])
  expect(other.id).toBe(one.id)
  expect((await rest.untilEnded(one.id)).state).toBe('succeeded')
})

test('a plan made for another leader is refused and nothing moves', async () => {
  const before = await look()
  const replica = before.members.find(({ name }) => name !== before.leader)?.name ?? ''
  const expected = { leader: replica, timeline: timelineOf(before), systemIdentifier: null }
  await expect(rest.switchOver(labClusterName, { to: null, reason: 'an old page', expected })).rejects.toThrow(/lead/)
  expect(leaderOf(await look())).toBe(leaderOf(before))
})

test('a scheduled switchover is shown and can be called off', async () => {
  const at = new Date(Date.now() + 3_600_000)
  const scheduled = await rest.switchOver(labClusterName, { to: null, reason: 'tonight', scheduledAt: at })
  expect((await rest.untilScheduled(scheduled.id)).state).toMatch(/waiting|succeeded/)
  await untilSeen('the schedule', 60_000, ({ findings }) =>
    findings.some(({ kind }) => kind === 'switchover-scheduled'),
  )

  const cancelled = await rest.cancelScheduled(labClusterName, 'not tonight')
  expect((await rest.untilEnded(cancelled.id)).state).toBe('succeeded')
})
