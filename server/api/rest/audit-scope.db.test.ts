import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Grant } from '#domain/people/grant.ts'
import { openTestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { furnish } from '../testing/two-clusters.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))

test(
  'of a cluster that is gone an auditor of its namesake is told nothing, in whatever form',
  { timeout: 240_000 },
  async () => {
    await using owner = await openTestStore()
    await using console = await openTestConsole(owner)
    await using listener = await listenWith((request) => answerRest(console.services, request))
    const old = await furnish(owner, 'orders', [])
    await owner.pool.query('delete from cluster where id = $1', [old.id])
    const now = await furnish(owner, 'orders', [])
    const grants: Grant[] = [{ role: 'auditor', scope: { kind: 'cluster', clusterId: now.id } }]
    const [scoped, whole] = [await console.token(grants), await console.token('auditor')]
    const textOf = async (token: string, path: string) => (await console.rest('GET', path, { token })).text()
    const seen = async (token: string) => ({
      list: seqsIn(await textOf(token, '/audit?cluster=orders'), /"seq":(\d+)/g),
      lines: seqsIn(await textOf(token, '/audit/export.jsonl?cluster=orders'), /"seq": (\d+)/g),
      table: seqsIn(await textOf(token, '/audit/export.csv?cluster=orders'), /^(\d+),/gm),
    })
    const own = (each: number[]) => each.filter((seq) => seq === old.record || seq === now.record)
    const namesakes = await seen(scoped)
    expect([own(namesakes.list), own(namesakes.lines), own(namesakes.table)]).toEqual([
      [now.record],
      [now.record],
      [now.record],
    ])
    // Whoever may read everything finds both by their name.
    const all = await seen(whole)
    expect([own(all.list), own(all.lines), own(all.table)]).toEqual([
      [now.record, old.record],
      [old.record, now.record],
      [old.record, now.record],
    ])
    const folder = mkdtempSync(join(tmpdir(), 'matriarch-audit-'))
    try {
      const run = (...args: string[]) => runLine({ MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: scoped }, args)
      const { stdout } = await run('audit', 'list', '--cluster', 'orders', '--json')
      expect(own(seqsIn(stdout, /"seq": ?(\d+)/g))).toEqual([now.record])
      const [lines, table] = [join(folder, 'orders.jsonl'), join(folder, 'orders.csv')]
      expect(await run('audit', 'export', '--cluster', 'orders', '--to', lines)).toMatchObject({ code: 0 })
      expect(await run('audit', 'export', '--cluster', 'orders', '--csv', '--to', table)).toMatchObject({ code: 0 })
      expect(own(seqsIn(readFileSync(lines, 'utf8'), /"seq": (\d+)/g))).toEqual([now.record])
      expect(own(seqsIn(readFileSync(table, 'utf8'), /^(\d+),/gm))).toEqual([now.record])
      expect(await run('audit', 'export', '--to', join(folder, 'all.jsonl'))).toMatchObject({
        code: expect.any(Number),
        stderr: expect.stringContaining('audit.read for everything'),
      })
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
)

function seqsIn(text: string, seq: RegExp): number[] {
  return [...text.matchAll(seq)].map(([, digits]) => Number(digits))
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
