import { expect, test } from 'vitest'
import { AppError } from '#server/errors.ts'
import { noAccess } from '../testing/no-access.ts'
import { ScriptedAgent } from '../testing/scripted-agent.ts'
import { refusedIn, withRefusedLogin } from './refused-login.ts'

const failed = { kind: 'failed', detail: 'Waited 180 s until pg-1 leads, in vain.' } as const
const refusal = '2026-11-25 15:17:07.955 UTC [77] FATAL:  password authentication failed for user "postgres"'

test('a refused password is told with the role, the place and what to do', async () => {
  const { context } = stage({ recovery: ['2026 LOG:  x', refusal, '2026 LOG:  y'] })
  const end = await withRefusedLogin(context, failed, {
    database: 'pg-1',
    logs: [
      { node: 'pg-2', log: 'patroni' },
      { node: 'pg-1', log: 'recovery' },
    ],
  })
  expect(end).toEqual({
    kind: 'failed',
    detail: `${failed.detail} Postgres on pg-1 refuses the password that Patroni has for "postgres" (its log: ${refusal}): the recovered data has the passwords of the moment that it was recovered to. Give the role the one of Patroni's configuration, as Postgres' user on pg-1 by its socket: ALTER ROLE "postgres" PASSWORD '...'. Then try that step again.`,
  })
})

test('a step that failed of something else, or was cancelled, is told as it is', async () => {
  const { context, asked } = stage({ recovery: ['2026 FATAL:  the database system is starting up'] })
  const logs = [{ node: 'pg-1', log: 'recovery' }] as const
  expect(await withRefusedLogin(context, failed, { database: 'pg-1', logs })).toBe(failed)
  const cancelled = { kind: 'cancelled', detail: 'Ann cancelled it.' } as const
  const before = asked()
  expect(await withRefusedLogin(context, cancelled, { database: 'pg-1', logs })).toBe(cancelled)
  expect(asked()).toBe(before)
})

test('the last refusal counts, in the words of pg_basebackup too', () => {
  const own =
    'pg_basebackup: error: connection to server at "10.0.1.11", port 5432 failed: FATAL:  password authentication failed for user "replicator"'
  expect(refusedIn([refusal, own])).toEqual({ line: own, role: 'replicator' })
  expect(refusedIn([])).toBeNull()
})

/** Agents on pg-1 and pg-2, of which each knows these logs alone. */
function stage(logs: Record<string, string[]>) {
  const agents = ['pg-1', 'pg-2'].map((node) => {
    const agent = new ScriptedAgent(node)
    agent.calls = {
      'log-tail': (args) => {
        const name = typeof args === 'object' && args !== null && 'log' in args ? String(args.log) : ''
        const lines = logs[name]
        if (lines === undefined) throw new AppError('refused', 'It is not known where that log is.')
        return { file: `/var/log/${name}`, lines, isCut: false }
      },
    }
    return agent
  })
  const context = {
    cluster: { ...noAccess, agent: (name: string) => agents.find(({ node }) => node === name)?.access() ?? null },
    say: () => {},
    signal: AbortSignal.timeout(30_000),
  }
  return { context, asked: () => agents.flatMap(({ done }) => done).length }
}
