import { expect, test } from 'vitest'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { fixture } from '#server/adapters/testing/fixture.ts'
import { parseInfo } from '#server/adapters/pgbackrest/parse-info.ts'
import { AppError } from '#server/errors.ts'
import { noAccess } from '../testing/no-access.ts'
import { ScriptedAgent } from '../testing/scripted-agent.ts'
import { withLocksOfNow } from './locks-of-now.ts'

const running = fixture('pgbackrest/fixtures/2.45-info-running.json')
const [stanza] = parseInfo(running, { who: 'pg-node-1', system: 'pgBackRest', address: 'pg-node-1' })
const atRest = JSON.stringify(JSON.parse(running, (key, value) => (key === 'held' ? false : value)))

test('a backup that was seen running and has ended runs no more', async () => {
  const { look, agent } = stage(atRest)
  expect(stanza?.backup.isRunning).toBe(true)
  expect((await look(seen()))?.stanza?.backup.isRunning).toBe(false)
  expect(agent.done.map(({ verb }) => verb)).toEqual(['pgbackrest-info'])
})

test('one that still runs does so', async () => {
  expect((await stage(running).look(seen()))?.stanza?.backup.isRunning).toBe(true)
})

test('where nothing ran nobody is asked', async () => {
  const { look, agent } = stage(running)
  const view = seen()
  const quiet = {
    ...view,
    stanza: view.stanza && { ...view.stanza, backup: { ...view.stanza.backup, isRunning: false } },
  }
  expect(await look(quiet)).toBe(quiet)
  expect(await look(null)).toBeNull()
  expect(agent.done).toEqual([])
})

test('where it cannot be asked it stays as seen', async () => {
  const { look, agent } = stage(atRest)
  agent.faults = [{ verb: 'pgbackrest-info', error: new AppError('refused', 'It is forbidden here.') }]
  expect((await look(seen()))?.stanza?.backup.isRunning).toBe(true)
})

function stage(info: string) {
  const agent = new ScriptedAgent('pg-node-1')
  agent.calls = { 'pgbackrest-info': () => ({ exitCode: 0, stdout: info, stderr: '', isCut: false }) }
  const cluster = { ...noAccess, agent: () => agent.access() }
  const context = { cluster, say: () => {}, signal: AbortSignal.timeout(30_000) }
  return { agent, look: (view: BackupView | null) => withLocksOfNow(context, view) }
}

function seen(): BackupView {
  return {
    node: 'pg-node-1',
    stanzaName: stanza?.name ?? '',
    stanza: stanza ?? null,
    readAt: new Date(),
    backupsLeftOut: 0,
    runningSince: new Date(),
    archive: null,
    archiver: null,
    walSegmentSizeBytes: 16_777_216,
    timeline: 1,
    systemIdentifier: null,
    problems: [],
  }
}
