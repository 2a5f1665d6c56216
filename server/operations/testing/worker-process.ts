import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'

export interface WorkerProcess extends AsyncDisposable {
  pid: number
  /** The signal or code it ended with. */
  ended: Promise<string>
  kill: (signal: NodeJS.Signals) => void
}

/** A real worker process; ready once its engine runs. */
export async function startWorker(given: {
  storeUrl: string
  home: string
  workerId: string
  killAt?: string
  logFile: string
}): Promise<WorkerProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/worker.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      NODE_ENV: 'production',
      DATABASE_URL: given.storeUrl,
      MATRIARCH_HOME: given.home,
      MATRIARCH_WORKER_ID: given.workerId,
      MATRIARCH_DEBUG_KILL_AT: given.killAt ?? '',
    },
  })
  const log = createWriteStream(given.logFile, { flags: 'a' })
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
  child.stderr.pipe(log, { end: false })
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The worker did not start within 40 s: ${given.logFile}`)), 40_000)
    child.stdout.on('data', (chunk: Buffer) => {
      log.write(chunk)
      if (!chunk.toString().includes('the worker works')) return
      clearTimeout(timer)
      resolve()
    })
    void ended.then((how) => {
      clearTimeout(timer)
      reject(new Error(`The worker ended at its start (${how}): ${given.logFile}`))
    })
  })
  return {
    pid: child.pid ?? 0,
    ended,
    kill: (signal) => void child.kill(signal),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
      await ended
      log.end()
    },
  }
}
