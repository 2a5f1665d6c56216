import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface WorkerProcess extends AsyncDisposable {
  pid: number
  /** Its engine runs; fails when it ends before that, or does not come to it in time. */
  ready: Promise<void>
  /** The signal or code it ended with. */
  ended: Promise<string>
  kill: (signal: NodeJS.Signals) => void
}

const root = fileURLToPath(new URL('../../..', import.meta.url))
const preloads = ['--import', 'tsx', '--import', `${root}/tools/console/end-with-parent.ts`]

/** A real worker process, which ends with this one; known from its first moment, so that no wait can lose it. */
export function spawnWorker(given: {
  storeUrl: string
  home: string
  workerId: string
  killAt?: string
  logFile: string
  readyWithinMs: number
}): WorkerProcess {
  const { logFile, readyWithinMs } = given
  const child = spawn(process.execPath, [...preloads, 'server/worker.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      NODE_ENV: 'production',
      DATABASE_URL: given.storeUrl,
      MATRIARCH_HOME: given.home,
      MATRIARCH_WORKER_ID: given.workerId,
      MATRIARCH_DEBUG_KILL_AT: given.killAt ?? '',
      MATRIARCH_REACH: 'private, public, 127.0.0.0/8, ::1',
    },
  })
  const log = createWriteStream(logFile, { flags: 'a' })
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  child.stderr?.pipe(log, { end: false })
  const ready = new Promise<void>((resolve, reject) => {
    const late = () => reject(new Error(`The worker did not start within ${readyWithinMs / 1000} s: ${logFile}`))
    const timer = setTimeout(late, readyWithinMs)
    child.stdout?.on('data', (chunk: Buffer) => {
      log.write(chunk)
      if (!chunk.toString().includes('the worker works')) return
      clearTimeout(timer)
      resolve()
    })
    void ended.then((how) => {
      clearTimeout(timer)
      reject(new Error(`The worker ended at its start (${how}): ${logFile}`))
    })
  })
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
      log.end()
    },
  }
}
