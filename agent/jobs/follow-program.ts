import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { bareEnvironment } from './bare-environment.ts'
import type { JobFile } from './job-files.ts'
import { LineSplitter } from './line-splitter.ts'
import { graceMs, stopChild } from './stop-child.ts'

/** How a job's program ended. `stopped`: why it was made to. */
export interface Ending {
  exitCode: number | null
  signal: string | null
  stopped: 'cancelled' | 'deadline' | null
  /** Why it could not be started at all. */
  unstarted: string | null
}

export interface Following {
  job: JobFile
  onLine: (line: string) => void
  onStart: (pid: number) => void
  /** Aborted when the job is cancelled. */
  cancelled: AbortSignal
  graceMs?: number
}

/** Runs a job's program to its end, to its deadline, or until it is cancelled. */
export async function followProgram({ job, onLine, onStart, cancelled, ...rest }: Following): Promise<Ending> {
  const { file, argv, env } = job.program
  const child = spawn(file, argv, {
    cwd: '/',
    env: bareEnvironment(env),
    detached: true,
    shell: false,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let unstarted: string | null = null
  child.on('error', (error) => {
    if (child.pid === undefined) unstarted = error.message
  })
  // A program that has ended does not read: that it ended is told by its exit.
  child.stdin.on('error', () => {})
  if (child.pid !== undefined) onStart(child.pid)
  for (const stream of [child.stdout, child.stderr]) {
    const lines = new LineSplitter(onLine)
    stream.on('data', (chunk: Buffer) => lines.push(chunk))
    stream.on('end', () => lines.end())
  }
  const closed = new Promise((resolve) => {
    child.once('close', resolve)
  })
  if (job.input === null) child.stdin.end()
  else child.stdin.write(`${job.input}\n`)

  let stopped: Ending['stopped'] = null
  const stop = (why: 'cancelled' | 'deadline') => {
    if (stopped !== null) return
    stopped = why
    stopChild(child, rest.graceMs ?? graceMs)
  }
  const onCancel = () => stop('cancelled')
  cancelled.addEventListener('abort', onCancel)
  if (cancelled.aborted) onCancel()
  const deadline = setTimeout(() => stop('deadline'), job.deadlineMs)
  try {
    if (child.pid === undefined) await once(child, 'error')
    else if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    // What the program has left running may hold its output open for ever.
    if (child.pid !== undefined) await Promise.race([closed, pause(3_000)])
  } finally {
    clearTimeout(deadline)
    cancelled.removeEventListener('abort', onCancel)
    child.stdin.destroy()
    child.stdout.destroy()
    child.stderr.destroy()
  }
  return { exitCode: unstarted === null ? child.exitCode : null, signal: child.signalCode, stopped, unstarted }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
