import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { bareEnvironment } from '#agent/jobs/bare-environment.ts'
import { signalGroup, stopChild } from '#agent/jobs/stop-child.ts'
import type { ProgramOutput } from '#agent/protocol/results.ts'
import type { Program } from './program.ts'

export interface Call {
  program: Program
  /** One line for its standard input, which stays open until the program has ended; null for none. */
  input: string | null
  deadlineMs: number
  signal?: AbortSignal
  /** Most that is kept of each of its two outputs. */
  mostBytes?: number
  /** Where it is started. */
  cwd?: string
}

/** Runs a program that answers soon and gives what it said; one that takes too long is ended, and `isLate`. */
export async function callProgram({
  program,
  input,
  deadlineMs,
  signal,
  mostBytes = 1024 * 1024,
  cwd = '/',
}: Call): Promise<ProgramOutput & { isLate: boolean }> {
  const { file, argv, env } = program
  const child = spawn(file, argv, {
    cwd,
    env: bareEnvironment(env),
    detached: true,
    shell: false,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let isLate = false
  let isCut = false
  const keep = (stream: NodeJS.ReadableStream): Buffer[] => {
    const chunks: Buffer[] = []
    let bytes = 0
    stream.on('data', (chunk: Buffer) => {
      const room = mostBytes - bytes
      if (chunk.length > room) isCut = true
      if (room > 0) chunks.push(chunk.subarray(0, room))
      bytes += chunk.length
    })
    return chunks
  }
  const stdout = keep(child.stdout)
  const stderr = keep(child.stderr)
  child.stdin.on('error', () => {})
  if (input === null) child.stdin.end()
  else child.stdin.write(`${input}\n`)
  const stop = () => stopChild(child, 2_000)
  signal?.addEventListener('abort', stop)
  const timer = setTimeout(() => {
    isLate = true
    stop()
  }, deadlineMs)
  // One that became another user, and does not heed its closed input, is left to itself.
  const left = setTimeout(() => {
    child.stdout.destroy()
    child.stderr.destroy()
    signalGroup(child.pid, 'SIGKILL')
    child.emit('close')
  }, deadlineMs + 3_000)
  try {
    await once(child, 'close')
  } finally {
    clearTimeout(timer)
    clearTimeout(left)
    signal?.removeEventListener('abort', stop)
    child.stdin.destroy()
  }
  const text = (chunks: Buffer[]) => Buffer.concat(chunks).toString('utf8')
  return { exitCode: child.exitCode, stdout: text(stdout), stderr: text(stderr), isCut, isLate }
}
