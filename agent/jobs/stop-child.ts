import type { ChildProcess } from 'node:child_process'

export const graceMs = 10_000

/**
 * Asks a child that leads a process group to end, and after a while ends it. Its standard input is closed as well: that reaches
 * a child that has become another user, whom a signal of ours does not.
 */
export function stopChild(child: ChildProcess, afterMs = graceMs): void {
  child.stdin?.end()
  signalGroup(child.pid, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), afterMs)
  child.once('exit', () => clearTimeout(timer))
}

/** Sends a signal to a whole process group; one that has gone, or is another user's, is left alone. */
export function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // Gone already, or not ours: closing its standard input has to do.
  }
}
