import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import { commandLineOf, identify, isAlive, signalProcess, type ProcessIdentity } from '../process-identity.ts'
import { bareEnv } from './bare-env.ts'
import type { Binaries } from './binaries.ts'
import type { RunAs } from './run-as.ts'
import { settings } from './settings.ts'

export interface Postmaster {
  /** Resolves when the server has ended, whoever ended it. */
  exited: Promise<void>
  stop(): Promise<void>
}

/** Starts PostgreSQL on a data folder and resolves when it takes connections; throws AppError `internal` with the last words of its log. */
export async function startPostmaster(from: {
  binaries: Binaries
  runAs: RunAs
  dataFolder: string
  logFile: string
  port: number
}): Promise<Postmaster> {
  mkdirSync(dirname(from.logFile), { recursive: true, mode: 0o700 })
  const log = openSync(from.logFile, 'a', 0o600)
  const flags = settings(from.port).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { command, args } = from.runAs.wrap(from.binaries.postgres, ['-D', from.dataFolder, ...flags])
  // Its own session: a Ctrl-C meant for the supervisor must not end the store before those who use it.
  const child = spawn(command, args, {
    stdio: ['ignore', log, log],
    env: bareEnv,
    cwd: '/',
    detached: true,
  })
  closeSync(log)
  let hasEnded = false
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true
      resolve()
    }
    child.once('exit', end)
    child.once('error', end)
  })
  const deadline = Date.now() + 60_000
  while (!isReady(from.dataFolder, child.pid)) {
    if (hasEnded || Date.now() > deadline) {
      child.kill('SIGQUIT')
      throw new AppError(
        'internal',
        `The embedded store did not start. Its log ${from.logFile} ends with: ${lastWords(from.logFile)}`,
      )
    }
    await sleep(20)
  }
  const identity = child.pid === undefined ? null : identify(child.pid)
  return { exited, stop: async () => void (identity && (await stopProcess(identity))) }
}

/** Stops a server that a supervisor left behind on this folder, and clears a stale lock file whose id now belongs to another process. */
export async function stopLeftover(dataFolder: string): Promise<void> {
  const pid = pidOf(dataFolder)
  const identity = pid === null ? null : identify(pid)
  if (!identity) return
  if (isOurs(identity, dataFolder)) await stopProcess(identity)
  // PostgreSQL would take the stranger for its own running server when both have the same user.
  else rmSync(join(dataFolder, 'postmaster.pid'))
}

// SIGINT: roll back and shut down; SIGQUIT: stop at once and recover at the next start.
async function stopProcess(identity: ProcessIdentity): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 20_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signalProcess(identity, signal)
    const deadline = Date.now() + patienceMs
    while (Date.now() < deadline) {
      if (!isAlive(identity)) return
      await sleep(20)
    }
  }
}

// pid file: process id, data folder, start in seconds of the epoch, port, socket folder, address, shared memory, state.
function readPidFile(dataFolder: string): string[] {
  try {
    return readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function pidOf(dataFolder: string): number | null {
  const pid = Number(readPidFile(dataFolder)[0])
  return Number.isInteger(pid) && pid > 1 ? pid : null
}

function isReady(dataFolder: string, pid: number | undefined): boolean {
  return pid !== undefined && pidOf(dataFolder) === pid && readPidFile(dataFolder)[7]?.trim() === 'ready'
}

function isOurs(identity: ProcessIdentity, dataFolder: string): boolean {
  if (!commandLineOf(identity.pid).includes(` -D ${dataFolder} `)) return false
  if (process.platform !== 'linux') return true
  const bootedAt = Number(/^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1])
  const ticksPerSecond = 100
  const startedAt = bootedAt + Number(identity.startedAt) / ticksPerSecond
  return Math.abs(startedAt - Number(readPidFile(dataFolder)[2])) < 10
}

function lastWords(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n')
  return lines.slice(-3).join(' ') || '(nothing)'
}
