import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LabError } from './failure.ts'

const programs = [
  '/usr/bin/etcd',
  '/usr/bin/patroni',
  '/usr/bin/patronictl',
  '/usr/bin/pgbackrest',
  '/usr/sbin/pgbouncer',
  '/usr/sbin/haproxy',
  '/usr/sbin/iptables',
  '/usr/bin/sudo',
  '/usr/lib/postgresql',
]

/** Installs the distribution's packages when one of the lab's programs is missing. */
export async function installMissingPackages(): Promise<void> {
  if (programs.every((program) => existsSync(program))) return
  const script = fileURLToPath(new URL('../tools/bootstrap.sh', import.meta.url))
  await new Promise<void>((resolve, reject) => {
    const child = execFile('bash', [script, 'packages'], { timeout: 600_000 }, (error) => {
      if (error === null) return resolve()
      reject(new LabError('The packages of the lab could not be installed: see above.', { cause: error }))
    })
    child.stdout?.pipe(process.stderr)
    child.stderr?.pipe(process.stderr)
  })
}
