import { execFileSync } from 'node:child_process'

/** The user that Postgres and pgBouncer run as where we are root, whom both refuse; null = ourselves. */
export function postgresUser(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
