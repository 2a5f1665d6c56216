import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { openTestStore, type TestStore } from '#tools/testing/store.ts'
import { openTestConsole } from '../testing/console.ts'
import { listenWith } from '../testing/listener.ts'
import { addCluster, sweep } from '../testing/sweep.ts'
import { answerRest } from './answer.ts'

const matriarch = fileURLToPath(new URL('../../../bin/matriarch', import.meta.url))
const clusterId = randomUUID()
const slowly = { timeout: 240_000 }

/** A command line may take longer to start than a view of a cluster is good for. */
const ahead = () => new Date(Date.now() + 30_000)

type Run = (args: string[]) => Promise<{ code: number; stdout: string; stderr: string }>

async function withLine(work: (run: Run, owner: TestStore) => Promise<void>): Promise<void> {
  await using owner = await openTestStore()
  await using console = await openTestConsole(owner)
  await using listener = await listenWith((request) => answerRest(console.services, request))
  await addCluster(owner, clusterId)
  const env = { MATRIARCH_URL: listener.url, MATRIARCH_TOKEN: await console.token('admin') }
  const run: Run = (args) =>
    new Promise((resolve) => {
      const options = { cwd: '/', env: { NODE_ENV: 'test' as const, PATH: process.env['PATH'], ...env } }
      execFile(matriarch, args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code
        resolve({ code: typeof code === 'number' ? code : -1, stdout, stderr })
      })
    })
  await work(run, owner)
}

test('a chore on a repository is planned in words, and refused with its reason where no agent can do it', slowly, () =>
  withLine(async (run, owner) => {
    await sweep(owner, { clusterId, version: 1, at: ahead() })
    const plan = await run(['backups', 'check', 'main'])
    expect([plan.code, plan.stderr]).toEqual([2, expect.stringContaining('Nothing was done')])
    expect(plan.stdout).toMatch(/pgbackrest check for the stanza.*In the way: No agent is enrolled on pg-node-3/s)
    await sweep(owner, { clusterId, version: 2, at: ahead() })
    const told = await run(['backups', 'verify', 'main', '--repository', '2', '--json'])
    expect(JSON.parse(told.stdout)).toMatchObject({ plan: { kind: 'repository-verify', repository: 2 }, preview: null })
    await sweep(owner, { clusterId, version: 3, at: ahead() })
    const refused = await run(['backups', 'stanza-create', 'main', '--reason', 'a new one', '--yes', '--json'])
    expect([refused.code, refused.stdout]).toEqual([3, ''])
    expect(refused.stderr).toContain('No agent is enrolled on pg-node-3')
    const { rows } = await owner.pool.query('select action, outcome, detail from audit_event order by seq')
    expect(rows).toMatchObject([{ action: 'repositories.setUp', outcome: 'refused', detail: { code: 'refused' } }])
  }),
)

test('a schedule is set and told in words, with its record', slowly, () =>
  withLine(async (run, owner) => {
    expect((await run(['schedule', 'main'])).stdout).toContain('No backups are scheduled.')
    expect((await run(['schedule', 'main', '--default'])).code).toBe(2)
    const set = await run(['schedule', 'main', '--default', '--reason', 'as usual'])
    expect(set.stdout).toContain('Full on Sunday at 01:00, differential on Monday to Saturday at 01:00 (UTC).')
    expect(set.stdout).toMatch(/Next: (full|diff) at \d{4}-/)
    expect((await run(['schedule', 'main', '--set', 'never'])).code).toBe(2)
    const refused = await run(['schedule', 'main', '--set', 'incr@daily@02:00', '--reason', 'no full ones'])
    expect([refused.code, refused.stderr]).toEqual([expect.any(Number), expect.stringContaining('full backup')])
    const off = await run(['schedule', 'main', '--off', '--reason', 'for the move', '--json'])
    expect(JSON.parse(off.stdout)).toMatchObject({ backup: { isEnabled: false, body: { repository: 1 } } })
    const rehearse = await run(['schedule', 'main', '--rehearse', 'sat@04:30', '--before', 'end', '--reason', 'weekly'])
    expect(rehearse.stdout).toContain('Rehearsals: On Saturday at 04:30 (UTC), to the end of the archive.')
    const { rows } = await owner.pool.query(
      `select action, outcome, detail->'after'->>'isEnabled' as enabled from audit_event order by seq`,
    )
    expect(rows).toEqual([
      { action: 'schedules.setBackups', outcome: 'done', enabled: 'true' },
      { action: 'schedules.setBackups', outcome: 'refused', enabled: null },
      { action: 'schedules.setBackups', outcome: 'done', enabled: 'false' },
      { action: 'schedules.setRehearsals', outcome: 'done', enabled: 'true' },
    ])
  }),
)
