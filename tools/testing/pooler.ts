import { type ChildProcess, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort, listening } from './ports.ts'
import { postgresUser } from './postgres-user.ts'

export interface TestPooler extends AsyncDisposable {
  port: number
  process: ChildProcess
  /** A client of the database `orders` as the upstream's own user, or of another database as another. */
  connect(as?: { user?: string; password?: string; database?: string }): Promise<pg.Client>
}

/**
 * This machine's pgBouncer in front of a Postgres: its database `orders` is the one of the address, whose user is the console's admin;
 * `watcher` is in stats_users, `outsider` in neither; everyone's password is the upstream user's.
 */
export async function startTestPooler(upstream: string, settings: Record<string, string> = {}): Promise<TestPooler> {
  const { hostname, port: upstreamPort, username, password, pathname } = new URL(upstream)
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-pooler-'))
  const port = await freePort()
  const lines = Object.entries({
    listen_addr: '127.0.0.1',
    listen_port: String(port),
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: join(folder, 'users.txt'),
    admin_users: username,
    stats_users: 'watcher',
    ...settings,
  }).map(([key, value]) => `${key} = ${value}\n`)
  const database = `orders = host=${hostname} port=${upstreamPort} dbname=${pathname.slice(1)}`
  writeFileSync(join(folder, 'pgbouncer.ini'), `[databases]\n${database}\n[pgbouncer]\n${lines.join('')}`)
  const users = [username, 'watcher', 'outsider'].map((user) => `"${user}" "${password}"\n`)
  writeFileSync(join(folder, 'users.txt'), users.join(''))
  const user = postgresUser()
  if (user !== null) chownSync(folder, user.uid, user.gid)
  const child = spawn('/usr/sbin/pgbouncer', ['-q', join(folder, 'pgbouncer.ini')], { ...user, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve))
  await listening(port, 'pgBouncer')
  return {
    port,
    process: child,
    async connect(as = {}) {
      const who = { user: username, password, database: 'orders', ...as }
      const client = new pg.Client({ host: '127.0.0.1', port, ssl: false, ...who })
      client.on('error', () => {})
      await client.connect()
      return client
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
