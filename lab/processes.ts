import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { HostName } from './addresses.ts'
import { LabError } from './failure.ts'
import { withLock } from './lock.ts'
import { type HostUser, inside, namespacePath } from './namespace.ts'
import { hostFolder, logFile } from './paths.ts'
import { type LiveProcess, liveProcess } from './proc.ts'
import { systemEnvironment } from './run.ts'

export interface Server {
  host: HostName
  name: 'etcd' | 'patroni' | 'pgbouncer' | 'agent' | 'haproxy' | 's3' | 'writer'
  user: HostUser
  command: readonly string[]
  env?: Record<string, string>
}

/** Starts the server detached in its host unless it already runs; it outlives the caller. */
export async function launch(server: Server): Promise<void> {
  if (!existsSync(namespacePath(server.host))) {
    throw new LabError(`${server.host} has no network: the lab is not up. Run: npm run lab -- up`)
  }
  await withLock(`${server.host}-${server.name}`, () => {
    if (runningServer(server.host, server.name) === null) spawnDetached(server)
  })
}

/** The process that a pid file tells of, if it is still that very process. */
export function runningServer(host: HostName, name: Server['name']): LiveProcess | null {
  try {
    const [pid, startedTicks] = readFileSync(pidFile(host, name), 'utf8').split(' ').map(Number)
    const found = liveProcess(pid ?? 0)
    return found !== null && found.startedTicks === startedTicks ? found : null
  } catch {
    return null
  }
}

function spawnDetached(server: Server): void {
  const [program = '', ...args] = inside(server.host, server.command, server.user)
  mkdirSync(dirname(logFile(server.host, server.name)), { recursive: true })
  const log = openSync(logFile(server.host, server.name), 'a')
  const child = spawn(program, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...systemEnvironment, ...server.env },
  })
  closeSync(log)
  child.unref()
  const started = child.pid === undefined ? null : liveProcess(child.pid)
  if (started === null) {
    rmSync(pidFile(server.host, server.name), { force: true })
    throw new LabError(`${server.name} of ${server.host} did not start: see ${logFile(server.host, server.name)}`)
  }
  writeFileSync(pidFile(server.host, server.name), `${started.pid} ${started.startedTicks}\n`)
}

function pidFile(host: HostName, name: Server['name']): string {
  return join(hostFolder(host), `${name}.pid`)
}
