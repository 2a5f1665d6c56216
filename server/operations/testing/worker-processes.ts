import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

const preloads = ['tsx', './tools/console/end-with-parent.ts', './tools/testing/reach-loopback.ts'].flatMap((file) => [
  '--import',
  file,
])

/** The worker processes that a test starts; they end with it at the latest. */
export class WorkerProcesses {
  readonly #started = new Set<ChildProcess>()

  /** Starts one of the worker programs beside this file with these arguments. */
  start(program: 'backup-worker' | 'restore-worker' | 'stack-worker', given: readonly string[]): ChildProcess {
    const worker = spawn(process.execPath, [...preloads, `server/operations/testing/${program}.ts`, ...given], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { NODE_ENV: 'production' },
    })
    this.#started.add(worker)
    return worker
  }

  /** Kills all that still live and waits for their end. */
  async endAll(): Promise<void> {
    for (const worker of this.#started) worker.kill('SIGKILL')
    for (const worker of this.#started) await endOf(worker)
    this.#started.clear()
  }
}

/** The signal or code that a process ends with. */
export async function endOf(worker: ChildProcess): Promise<string> {
  if (worker.exitCode === null && worker.signalCode === null) await once(worker, 'exit')
  return worker.signalCode ?? `exit code ${worker.exitCode}`
}
