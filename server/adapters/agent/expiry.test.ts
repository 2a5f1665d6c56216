import { expect, test } from 'vitest'
import { expiryOf, readExpiryPreview } from './expiry.ts'
import { startTestAgent } from './testing/test-agent.ts'
import { makeTestKey } from './testing/test-key.ts'

const archive = 'repo1: 15-1 remove archive, start = 000000010000000000000001, stop = 00000001000000000000000F'
const result = { backups: ['20261125-151700F', '20261125-151700F'], archives: [archive, 'repo1: something else'] }
const preview = {
  backups: [{ repository: 1, label: '20261125-151700F' }],
  archives: [{ repository: 1, archiveId: '15-1', first: '000000010000000000000001', last: '00000001000000000000000F' }],
}

test('what a job removed is told once each, and an answer of no such form is none', () => {
  expect(expiryOf(result, 1)).toEqual(preview)
  expect(expiryOf({ backups: [], archives: [] }, 2)).toEqual({ backups: [], archives: [] })
  expect(expiryOf({ label: 'x' }, 1)).toBeNull()
})

const times = { startedAt: '2026-11-25T15:00:00.000Z', endedAt: null, signal: null }
const output = { from: 0, lines: [], total: 0 }
const base = { operation: '', step: '', verb: 'pgbackrest-expire', ...times, output }

async function ask(end: object) {
  const key = makeTestKey()
  const agent = Object.assign(await startTestAgent('pg-node-1'), { workerKey: key.publicKey })
  await using _closing = agent
  const seen: unknown[] = []
  agent.doVerb = (path, args) => {
    if (path === '/v1/verbs/pgbackrest-expire') seen.push(args)
    return { ...base, exitCode: 0, problem: null, ...end }
  }
  const place = { id: agent.id, node: 'pg-node-1', address: agent.address, certificatePin: agent.pin }
  const job = { id: '2b7a4c55-6c9e-4b0f-9d27-0a4f4f1c9e11', nextEpoch: () => Promise.resolve(1) }
  const asked = { agent: place, key }
  const told = await readExpiryPreview(asked, { stanza: 'main', repository: 1, set: null }, job).catch(
    (error: unknown) => error,
  )
  return { told, seen }
}

test('a preview is a dry run, whatever was asked for', async () => {
  const { told, seen } = await ask({ state: 'succeeded', result })
  expect(told).toEqual(preview)
  expect(seen).toEqual([{ stanza: 'main', repository: 1, set: null, isDryRun: true }])
})

test('a dry run that failed is told in words, with what to do', async () => {
  const problem = '"pgbackrest-expire" ended with exit code 50: ERROR: [050]: unable to acquire lock'
  const { told } = await ask({ state: 'failed', exitCode: 50, result: null, problem })
  expect(told).toMatchObject({ code: 'refused', message: expect.stringContaining('Someone else is doing it') })
})
