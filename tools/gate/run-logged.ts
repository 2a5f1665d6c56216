import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'

interface Command {
  argv: [string, ...string[]]
  logPath: string
  timeoutMs: number
  env?: Record<string, string>
}

/** Runs a command with its output in a file; null = it was stopped at its deadline, or by a signal. */
export async function runLogged({ argv, logPath, timeoutMs, env = {} }: Command): Promise<number | null> {
  const log = createWriteStream(logPath, { flags: 'a' })
  const [file, ...args] = argv
  // A group of its own, so that the deadline stops its children too.
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: true,
  })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  const stop = (signal: NodeJS.Signals) => {
    if (child.pid !== undefined) killGroup(child.pid, signal)
  }
  const passOn = () => stop('SIGTERM')
  process.once('SIGINT', passOn).once('SIGTERM', passOn)
  const soft = setTimeout(() => {
    log.write(`\nStopped: it was not done within ${timeoutMs / 1000} s.\n`)
    stop('SIGTERM')
  }, timeoutMs)
  const hard = setTimeout(() => stop('SIGKILL'), timeoutMs + 10_000)
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      log.write(`${error.message}\n`)
      resolve(127)
    })
    child.once('close', resolve)
  })
  clearTimeout(soft)
  clearTimeout(hard)
  process.off('SIGINT', passOn).off('SIGTERM', passOn)
  log.end()
  await finished(log)
  return code
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}
