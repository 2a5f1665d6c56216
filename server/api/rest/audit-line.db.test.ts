import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { signCheckpoint } from '#server/audit/checkpoints.ts'
import { recordAudit } from '#server/audit/record.ts'
import { asSuperuser, edited } from '#server/audit/testing/remake-chain.ts'
import { inTransaction } from '#server/store/open.ts'
import { loadSigningKey, publishSigningKey } from '#server/store/signing-key.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))

test('the audit log is exported, and proven from the file alone', { timeout: 240_000 }, async () => {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => answerRest(console.services, request))
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-audit-'))
  try {
    const key = loadSigningKey(folder)
    await publishSigningKey(owner, key, null)
    const env = { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('auditor') }
    const run = (...args: string[]) => runLine(env, args)
    for (const name of ['Ada', 'Bob', 'Cai']) {
      const actor = { id: null, name, kind: 'user' } as const
      const act = { action: 'users.create', target: name, cluster: null, reason: '=1+1', operationId: null, detail: {} }
      await inTransaction(owner, (tx) => recordAudit(tx, { actor, ...act, outcome: 'done' }))
    }
    const { newest: checkpoint } = await signCheckpoint(owner, key.privateKey, new Date())
    const file = join(folder, 'audit.jsonl')
    expect(await run('audit', 'export', '--to', file)).toMatchObject({ code: 0 })
    expect(await run('audit', 'export', '--to', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is there already'),
    })
    const table = join(folder, 'audit.csv')
    expect(await run('audit', 'export', '--csv', '--to', table)).toMatchObject({ code: 0 })
    expect(readFileSync(table, 'utf8')).toContain(`,"'=1+1"`.replaceAll('"', ''))

    const offline = (...args: string[]) => runLine({}, ['audit', 'verify', '--file', ...args])
    const records = checkpoint?.seq ?? 0
    expect(await offline(file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${records + 1} records, none changed`),
    })
    const fingerprint = fingerprintOf(key.publicKey)
    const unpinned = await offline(file)
    expect(unpinned.stdout).toContain('only the export itself says whose key signed them')
    expect(unpinned.stdout).toContain(`--key ${fingerprint}`)
    expect(JSON.parse((await offline(file, '--json')).stdout)).toMatchObject({
      ok: true,
      key: { fingerprint, knownFrom: 'export' },
    })
    for (const pin of [fingerprint, key.publicKey]) {
      const pinned = await offline(file, '--key', pin)
      expect(pinned).toMatchObject({ code: 0, stdout: expect.stringContaining('signed by the key that you gave') })
      expect(pinned.stdout).not.toContain('The key in the export')
    }
    expect(await offline(file, '--key', fingerprintOf(loadSigningKey(join(folder, 'other')).publicKey))).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('signed by another key than the one given'),
    })
    const witness = join(folder, 'pg-node-2.jsonl')
    writeFileSync(witness, `${JSON.stringify(checkpoint)}\n`)
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    const cut = join(folder, 'cut.jsonl')
    // An owner who cuts the end leaves the checkpoint of it out. The last record tells of the export itself.
    writeFileSync(cut, `${lines.filter((line, at) => at !== 1 && at < lines.length - 2).join('\n')}\n`)
    expect(await offline(cut)).toMatchObject({ code: 0 })
    expect(await offline(cut, '--witness', witness)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`record ${records} is the first`),
    })
    const changed = join(folder, 'changed.jsonl')
    writeFileSync(changed, readFileSync(file, 'utf8').replace('"Bob"', '"Eve"'))
    const found = await offline(changed, '--json')
    expect([found.code, JSON.parse(found.stdout)]).toMatchObject([1, { ok: false, firstBad: records - 1 }])
    expect(await offline(join(folder, 'none.jsonl'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be read'),
    })
    expect(await run('audit', 'export', '--csv', '--actor', 'Bob', '--to', join(folder, 'bob.csv'))).toMatchObject({
      code: 0,
    })
    const told = JSON.parse((await run('audit', 'list', '--action', 'audit.export', '--json')).stdout)
    const byAuditor = { actor: { kind: 'token' }, action: 'audit.export', outcome: 'done' }
    expect(told).toMatchObject([
      { ...byAuditor, target: 'part of the audit log', detail: { format: 'csv', filter: { actor: 'Bob' } } },
      { ...byAuditor, target: 'the whole audit log', detail: { format: 'csv', filter: {} } },
      // The second was answered before its file was found to be there already.
      { ...byAuditor, target: 'the whole audit log', detail: { format: 'jsonl', filter: {} } },
      { ...byAuditor, target: 'the whole audit log', detail: { format: 'jsonl', filter: {} } },
    ])
    const viewer = await console.token('viewer')
    expect((await console.rest('GET', '/audit/export.jsonl', { token: viewer })).status).toBe(403)
    const newest = await run('audit', 'list', '--action', 'audit.export', '--limit', '1', '--json')
    expect(JSON.parse(newest.stdout)).toMatchObject([{ action: 'audit.export', outcome: 'refused' }])
    expect(await run('audit', 'verify')).toMatchObject({ code: 0 })
    expect(await run('audit', 'verify', '--key', key.publicKey)).toMatchObject({ code: 2 })

    // History made anew, and signed anew by workers to whom nobody had told anything: a node that took that too still proves it.
    await asSuperuser(owner, `${edited(2, true)}; delete from audit_checkpoint`)
    const { newest: forged } = await signCheckpoint(owner, key.privateKey, new Date())
    const [anew, node] = [join(folder, 'anew.jsonl'), join(folder, 'node.jsonl')]
    expect(await run('audit', 'export', '--to', anew)).toMatchObject({ code: 0 })
    writeFileSync(node, `${JSON.stringify(checkpoint)}\n${JSON.stringify(forged)}\n`)
    expect(await offline(anew, '--key', fingerprint)).toMatchObject({ code: 0 })
    expect(await offline(anew, '--witness', node)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining(`${node} kept another hash at record ${records}`),
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function fingerprintOf(publicKey: string): string {
  return `SHA256:${createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('base64').replace(/=+$/, '')}`
}

function runLine(
  env: Record<string, string>,
  args: string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: '/', env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env } }
    execFile(matriarch, args, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      resolve({ code: typeof code === 'number' ? code : -1, stdout, stderr })
    })
  })
}
