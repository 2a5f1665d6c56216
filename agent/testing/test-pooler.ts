import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Machine } from '#agent/verbs/machine.ts'
import { freePort } from './test-folder.ts'
import { runAs, type TestPostgres } from './test-postgres.ts'

export interface TestPooler {
  machine: Machine
  /** Asks through it as a client; psql's answer. */
  ask: (database: string, sql?: string) => Promise<string>
  /** Says a command to its console. */
  console: (command: string) => Promise<string>
  stop: () => void
}

/** This machine's own pgBouncer in front of a test's Postgres, with these databases. */
export async function testPooler(postgres: TestPostgres, names: readonly string[]): Promise<TestPooler> {
  const { folder, machine } = postgres
  const port = await freePort()
  for (const name of names) await postgres.sql(`CREATE DATABASE "${name}"`)
  const ini = `[databases]
${names.map((name) => `${name} = host=${folder} user=postgres`).join('\n')}
[pgbouncer]
listen_addr =
listen_port = ${port}
unix_socket_dir = ${folder}
auth_type = any
admin_users = keeper
pool_mode = transaction
`
  await writeFile(join(folder, 'pgbouncer.ini'), ini)
  const child = spawn('/usr/sbin/pgbouncer', [join(folder, 'pgbouncer.ini')], { ...runAs(), stdio: 'ignore' })
  for (let tries = 0; !existsSync(join(folder, `.s.PGSQL.${port}`)) && tries < 600; tries++) await wait(100)
  const psql = (user: string, words: readonly string[], database: string) =>
    postgres.program(
      'psql',
      [...words.slice(0, 1), '-h', folder, '-p', String(port), '-U', user, '-c', ...words.slice(1)],
      database,
    )
  return {
    machine: { ...machine, config: { ...machine.config, pgbouncer: { port, socketFolder: folder, user: 'keeper' } } },
    ask: (database, sql = 'SELECT 1') => psql('app', ['-XAtw', sql], database),
    console: (command) => psql('keeper', ['-Xw', command], 'pgbouncer'),
    stop: () => void child.kill('SIGQUIT'),
  }
}
