import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isCode, readIfThere } from '#agent/durable.ts'
import { identityOf } from '#agent/jobs/process-identity.ts'
import { RefusedError } from '#agent/refused-error.ts'

/** Process number of the Postgres that runs on a data folder; null when none does. */
export async function postmasterOf(dataFolder: string): Promise<number | null> {
  const text = await readIfThere(join(dataFolder, 'postmaster.pid'))
  const pid = Number(text?.split('\n')[0])
  if (!Number.isInteger(pid) || pid < 1 || identityOf(pid) === null) return null
  return isPostgres(pid) ? pid : null
}

/** Refuses what must not be done under a running Postgres. */
export async function requireStopped(dataFolder: string): Promise<void> {
  const pid = await postmasterOf(dataFolder)
  if (pid === null) return
  throw new RefusedError(
    'conflict',
    `Postgres runs on ${dataFolder} as process ${pid}: stop it before its data is touched.`,
  )
}

/** After a crash the number in the file may by now be some other program's. */
function isPostgres(pid: number): boolean {
  try {
    return /^(postgres|postmaster)/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))
  } catch (error) {
    return !isCode(error, 'ENOENT')
  }
}
