import { expect, test } from 'vitest'
import { backupStage, briskPace } from '../testing/backup-stage.ts'
import { listedBackup } from '../testing/stand-in-agent.ts'
import { ask } from './ask.ts'
import { follow } from './follow.ts'
import { preflight } from './preflight.ts'
import { verify } from './verify.ts'

const label = '20261125-030000F'
const bad = { code: 99, message: 'other' }
const good = { code: 0, message: 'ok' }
const patient = { ...briskPace, silentDuringMs: 20_000, verifyMs: 20_000 }
const named = { facts: { jobLabel: label } }

const unreadable: [string, unknown][] = [
  ['an error', { exitCode: 103, stdout: '[]', stderr: 'ERROR: [103]: no repository\nmore', isCut: false }],
  ['no JSON', { exitCode: 0, stdout: '[{"name":', stderr: '', isCut: true }],
  ['an unreadable repository', [{ name: 'main', status: good, repo: [{ key: 1, status: bad }], backup: [] }]],
  ['an unreadable stanza', [{ name: 'main', status: bad, backup: [] }]],
]

test.each(unreadable)('%s is asked about again before the backup is missed', async (_, answer) => {
  const { context, agent } = await backupStage(named)
  agent.infos.push(answer, answer)
  agent.backups.push(listedBackup(label, 'full'))
  expect(await verify(context, patient)).toMatchObject({ kind: 'done' })
})

test.each(unreadable)('%s that stays leaves the end unknown', async (_, answer) => {
  const { context, agent } = await backupStage(named)
  agent.infos = Array.from({ length: 500 }, () => answer)
  expect(await verify(context, briskPace)).toMatchObject({ kind: 'unknown' })
})

test.each(unreadable)('%s does not decide on a lost job', async (_, answer) => {
  const { context, agent, lines } = await backupStage()
  agent.run = { ms: 0, state: 'lost', exitCode: null, lines: [] }
  await ask(context, briskPace)
  agent.infos.push(answer, answer)
  agent.backups.push(listedBackup(label, 'full'))
  expect(await follow(context, patient)).toMatchObject({ kind: 'done' })
  expect(lines.filter((line) => line.includes('nobody saw how pgBackRest ended'))).toHaveLength(1)
})

test('a lost job whose repository stays unreadable ends unknown', async () => {
  const { context, agent } = await backupStage()
  agent.run = { ms: 0, state: 'lost', exitCode: null, lines: [] }
  await ask(context, briskPace)
  agent.infos = Array.from({ length: 500 }, () => null)
  expect(await follow(context, briskPace)).toMatchObject({ kind: 'unknown' })
})

test.each(unreadable)('%s is no reason to begin', async (_, answer) => {
  const { context, agent } = await backupStage()
  agent.infos.push(answer)
  const outcome = await preflight(context, briskPace)
  expect(outcome).toMatchObject({ kind: 'refused', detail: expect.not.stringContaining('no stanza') })
})

test('what pgBackRest complained of is told', async () => {
  const { context, agent } = await backupStage()
  agent.infos.push(unreadable[0]?.[1])
  expect(await preflight(context, briskPace)).toEqual({
    kind: 'refused',
    detail:
      'What pgBackRest on pg-node-3 answered could not be read, so what its repository holds is not known. It says: ERROR: [103]: no repository',
  })
})
