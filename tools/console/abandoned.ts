import { readFileSync } from 'node:fs'
import { commandLineOf, identify, isAlive, type ProcessIdentity } from '#server/store/process-identity.ts'

/** Calls back when the shell that npm started us through is gone: it dies of the signals npm sends and passes none on. */
export function onAbandoned(callback: () => void): void {
  const shell = npmShell()
  if (!shell) return
  const timer = setInterval(() => {
    if (isAlive(shell)) return
    clearInterval(timer)
    callback()
  }, 250)
  timer.unref()
}

function npmShell(): ProcessIdentity | null {
  const script = process.env['npm_lifecycle_script']
  if (process.platform !== 'linux' || !script) return null
  for (let pid = process.ppid; pid > 1; pid = parentOf(pid)) {
    if (commandLineOf(pid) === `sh -c ${script}`) return identify(pid)
  }
  return null
}

function parentOf(pid: number): number {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
