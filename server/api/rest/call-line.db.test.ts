import { everywhere } from '#domain/people/grant.ts'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { allProcedures } from '../procedures.ts'
import { answerRest } from './answer.ts'
import { routes } from './routes.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))
const slowly = { timeout: 240_000 }

type Run = (...args: string[]) => Promise<{ code: number; stdout: string; stderr: string }>

async function withLine(work: (run: Run, owner: TestStore) => Promise<void>): Promise<void> {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => answerRest(console.services, request))
  const env = { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('admin') }
  const run: Run = (...args) =>
    new Promise((resolve) => {
      const options = { cwd: '/', env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env } }
      execFile(matriarch, args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code
        resolve({ code: typeof code === 'number' ? code : -1, stdout, stderr })
      })
    })
  await work(run, owner)
}

test('the command line knows every command and query that has an address', slowly, () =>
  withLine(async (run) => {
    const { stdout } = await run('call', '--list', '--json')
    const known: { procedure: string; kind: string }[] = JSON.parse(stdout)
    const names = new Set(known.map(({ procedure }) => procedure))
    const types = new Map(allProcedures().map(({ path, type }) => [path, type]))
    expect(routes.filter(({ procedure }) => !names.has(procedure))).toEqual([])
    for (const { procedure, kind } of known) {
      expect([procedure, kind]).toEqual([procedure, types.get(procedure) === 'mutation' ? 'command' : 'query'])
    }
  }),
)

test('a command is called by its name, once for a key, and only when it is meant', slowly, () =>
  withLine(async (run, owner) => {
    const input = JSON.stringify({ name: 'ci', role: 'viewer' })
    const unmeant = await run('call', 'tokens.create', '--input', input)
    expect([unmeant.code, unmeant.stderr]).toEqual([2, expect.stringContaining('Nothing was done')])
    const asked = ['call', 'tokens.create', '--input', input, '--key', 'key-of-this-test', '--yes'] as const
    const [first, second] = [await run(...asked), await run(...asked)]
    expect([first.code, second.code, second.stdout]).toEqual([0, 0, first.stdout])
    const { rows } = await owner.pool.query<{ id: string }>(`select id from api_token where name = 'ci'`)
    expect(rows).toHaveLength(1)
    const id = JSON.stringify({ id: rows[0]?.id })
    expect(JSON.parse((await run('call', 'tokens.revoke', '--input', id, '--yes')).stdout)).toEqual({ id: rows[0]?.id })
    expect((await run('call', 'tokens.revoke', '--input', id, '--yes')).code).toBe(3)
    expect(JSON.parse((await run('call', 'session.whoami')).stdout)).toMatchObject({ grants: [everywhere('admin')] })
    expect((await run('call', 'nothing.here')).code).toBe(2)
  }),
)

test('groups are mapped and told from a shell', slowly, () =>
  withLine(async (run) => {
    const made = await run('groups', 'map', 'dba', '--role', 'operator')
    expect(made.stdout).toBe('dba gives the role operator, everywhere.\n')
    const [mapping] = JSON.parse((await run('groups', 'list', '--json')).stdout)
    expect(mapping).toMatchObject({ group: 'dba', role: 'operator' })
    expect((await run('groups', 'unmap', mapping.id)).code).toBe(0)
    expect(JSON.parse((await run('groups', 'list', '--json')).stdout)).toEqual([])
    const refused = await run('identities', 'link', 'nobody@example.org', 'subject')
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('nobody')])
    expect(JSON.parse((await run('identities', 'list', '--json')).stdout)).toEqual([])
  }),
)
