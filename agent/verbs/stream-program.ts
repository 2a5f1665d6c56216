import { spawn } from 'node:child_process'
import { bareEnvironment } from '#agent/jobs/bare-environment.ts'
import { LineSplitter } from '#agent/jobs/line-splitter.ts'
import { graceMs } from '#agent/jobs/stop-child.ts'
import type { Program } from './program.ts'

export interface Stream {
  program: Program
  /** Ends the program when it is aborted. */
  signal: AbortSignal
  /** Each line, as it comes; `isError` for standard error. False = enough: the program is ended. */
  onLine: (line: string, isError: boolean) => boolean | void
  cwd?: string
}

/** Runs a program of which nothing is kept but what `onLine` keeps, and resolves with its exit code; null = ended by a signal. */
export async function streamProgram({ program, signal, onLine, cwd = '/' }: Stream): Promise<number | null> {
  const { file, argv, env } = program
  // Of our own process group, so that what ends us ends it.
  const child = spawn(file, argv, { cwd, env: bareEnvironment(env), shell: false, stdio: ['ignore', 'pipe', 'pipe'] })
  let isStopped = false
  const stop = () => {
    if (isStopped) return
    isStopped = true
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs - 2_000)
    child.once('exit', () => clearTimeout(timer))
  }
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  const follow = (stream: NodeJS.ReadableStream, isError: boolean) => {
    const lines = new LineSplitter((line) => {
      if (!isStopped && onLine(line, isError) === false) stop()
    })
    stream.on('data', (chunk: Buffer) => lines.push(chunk))
    stream.on('end', () => lines.end())
  }
  follow(child.stdout, false)
  follow(child.stderr, true)
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
