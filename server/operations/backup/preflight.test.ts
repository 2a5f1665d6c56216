import { expect, test } from 'vitest'
import { AppError } from '#server/errors.ts'
import { backupStage, briskPace } from '../testing/backup-stage.ts'
import { preflight } from './preflight.ts'

const silence = (count: number) =>
  Array.from({ length: count }, () => ({
    verb: 'pgbackrest-info',
    error: new AppError('unreachable', 'It does not answer.'),
  }))

test('an agent that does not answer at first is waited for, which is said once', async () => {
  const { context, agent, lines } = await backupStage()
  agent.faults.push(...silence(3))
  expect(await preflight(context, { ...briskPace, silentBeforeMs: 20_000 })).toMatchObject({ kind: 'done' })
  expect(lines.filter((line) => line.includes('waiting for it'))).toHaveLength(1)
})

test('one that stays silent is refused, with nothing asked of it', async () => {
  const { context, agent } = await backupStage()
  agent.faults.push(...silence(500))
  expect(await preflight(context, briskPace)).toEqual({
    kind: 'refused',
    detail: 'The agent on pg-node-3 has not answered for 0.1 s: It does not answer. Nothing was asked of it.',
  })
})

test('the wait for it ends when somebody cancels', async () => {
  const { context, agent } = await backupStage({ cancelAskedBy: 'Bob' })
  agent.faults.push(...silence(500))
  expect(await preflight(context, briskPace)).toEqual({
    kind: 'cancelled',
    detail: 'Bob cancelled it before anything was sent.',
  })
})
