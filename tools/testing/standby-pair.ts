import { execFile } from 'node:child_process'
import { chownSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { postgresBin } from '#lab/postgres.ts'
import { bareEnv } from '#server/store/embedded/bare-env.ts'
import { freePort } from './ports.ts'
import { postgresUser } from './postgres-user.ts'

/** A primary and a standby of this machine's own Postgres, at the end of the `await using` block gone with their data. */
export interface StandbyPair extends AsyncDisposable {
  primaryPort: number
  standbyPort: number
  stopPrimary(): Promise<void>
}

/** The standby follows through the slot `standby`; whoever connects as `postgres` needs no password. */
export async function startStandbyPair(): Promise<StandbyPair> {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-pair-'))
  const user = postgresUser()
  if (user !== null) chownSync(folder, user.uid, user.gid)
  const [primaryPort, standbyPort] = [await freePort(), await freePort()]
  const primary = join(folder, 'primary')
  const standby = join(folder, 'standby')
  const program = async (name: string, ...words: string[]) => {
    await promisify(execFile)(join(postgresBin(), name), words, {
      ...user,
      cwd: '/',
      env: bareEnv,
    })
  }
  const start = (data: string, port: number) => {
    const settings = [
      `listen_addresses=127.0.0.1`,
      `port=${port}`,
      'fsync=off',
      'unix_socket_directories=',
      'archive_mode=on',
    ]
    const options = settings.map((setting) => `-c ${setting}`).join(' ')
    return program('pg_ctl', '-D', data, '-w', '-l', join(folder, `${port}.log`), '-o', options, 'start')
  }
  const stop = (data: string) => program('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop').catch(() => {})
  await program('initdb', '-D', primary, '-U', 'postgres', '-A', 'trust', '-N', '-E', 'UTF8', '--locale=C')
  await start(primary, primaryPort)
  const from = `host=127.0.0.1 port=${primaryPort} user=postgres application_name=standby`
  await program('pg_basebackup', '-D', standby, '-d', from, '-R', '-C', '-S', 'standby', '-c', 'fast', '-N')
  await start(standby, standbyPort)
  return {
    primaryPort,
    standbyPort,
    stopPrimary: () => stop(primary),
    async [Symbol.asyncDispose]() {
      await stop(standby)
      await stop(primary)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
