import { expect, test } from 'vitest'
import { backupStage, briskPace } from '../testing/backup-stage.ts'
import { listedBackup } from '../testing/stand-in-agent.ts'
import { ask } from './ask.ts'
import { follow } from './follow.ts'
import { verify } from './verify.ts'

const label = '20261125-030000F'
const other = '20261125-040000F'

test('a backup of another operation never stands for this one', async () => {
  const { context, agent } = await backupStage()
  agent.backups.push(listedBackup(other, 'full', 'other'))
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'failed' })
  const { context: named, agent: itsAgent } = await backupStage({ facts: { jobLabel: other } })
  itsAgent.backups.push(listedBackup(other, 'full', 'other'))
  expect(await verify(named, briskPace)).toMatchObject({ kind: 'failed' })
})

test('where the job named a label no other is accepted', async () => {
  const { context, agent } = await backupStage({ facts: { jobLabel: label } })
  agent.backups.push(listedBackup(other, 'full'))
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'failed' })
  agent.backups.push(listedBackup(label, 'full'))
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'done', detail: expect.stringContaining(label) })
})

test('a new backup that says of nobody that it made it is not claimed', async () => {
  const { context, agent, facts } = await backupStage()
  agent.backups.push(listedBackup(other, 'full'))
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'unknown', detail: expect.stringContaining(other) })
  expect(facts.backup).toBeUndefined()
})

test('of a lost job one that says nothing is accepted, and verified by its label', async () => {
  const { context, agent, facts } = await backupStage()
  agent.run = { ms: 0, state: 'lost', exitCode: null, lines: [] }
  agent.backups.push(listedBackup(label, 'full'))
  await ask(context, briskPace)
  expect(await follow(context, briskPace)).toMatchObject({ kind: 'done' })
  expect(facts.jobLabel).toBe(label)
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'done' })
})

test.each([
  ['began before the request', null, new Date('2026-11-24T03:00:01Z')],
  ['is another operation’s', 'other', new Date('2026-11-24T02:59:00Z')],
])('of a lost job one that %s is not accepted', async (_, maker, requestedAt) => {
  const { context, agent } = await backupStage()
  agent.run = { ms: 0, state: 'lost', exitCode: null, lines: [] }
  agent.backups.push(listedBackup(label, 'full', maker))
  await ask(context, briskPace)
  const late = { ...context, operation: { ...context.operation, requestedAt } }
  expect(await follow(late, briskPace)).toMatchObject({ kind: 'failed' })
})
