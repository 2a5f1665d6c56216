import { execFile } from 'node:child_process'
import { chownSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { postgresBin } from '#lab/postgres.ts'
import { bareEnv } from '#server/store/embedded/bare-env.ts'
import { migrate } from '#server/store/migrate.ts'
import { openStore } from '#server/store/open.ts'
import { patient } from '#server/store/testing/patient.ts'
import { freePort } from './ports.ts'
import { postgresUser } from './postgres-user.ts'
import type { TestStore } from './store.ts'

/** A migrated store in a server of this machine's own Postgres, which has the programs that the embedded one comes without. */
export type DistributionStore = TestStore & {
  /** All of it as its superuser dumps it, as SQL. */
  dump(): Promise<string>
}

/** At the end of the `await using` block it is gone with its data. */
export async function openDistributionStore(): Promise<DistributionStore> {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-distribution-'))
  const user = postgresUser()
  if (user !== null) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const port = await freePort()
  const program = async (name: string, ...words: string[]) =>
    promisify(execFile)(join(postgresBin(), name), words, {
      ...user,
      cwd: '/',
      env: bareEnv,
      maxBuffer: 256 * 1024 * 1024,
    })
  const options = ['listen_addresses=127.0.0.1', `port=${port}`, 'fsync=off', 'unix_socket_directories=']
  await program('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C')
  const words = options.map((each) => `-c ${each}`).join(' ')
  await program('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', words, 'start')
  const adminUrl = `postgresql://postgres@127.0.0.1:${port}/matriarch`
  const url = patient(`postgresql://matriarch:a-password-of-the-owner@127.0.0.1:${port}/matriarch`)
  const admin = new pg.Client({ connectionString: adminUrl.replace('/matriarch', '/postgres') })
  await admin.connect()
  await admin.query(`create role matriarch login createrole password 'a-password-of-the-owner'`)
  await admin.query('create database matriarch owner matriarch')
  await admin.end()
  await migrate(url)
  const store = openStore(url, { max: 5 })
  return {
    ...store,
    database: 'matriarch',
    adminUrl,
    async dump() {
      const { stdout } = await program('pg_dump', '--dbname', adminUrl)
      return stdout
    },
    async [Symbol.asyncDispose]() {
      await store.close()
      await program('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop').catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}
