import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { bareEnvironment } from './bare-environment.ts'
import { giveUp } from './how-job-stands.ts'
import { parts } from './job-parts.ts'

type Spare = ChildProcessByStdio<Writable, null, null>

/**
 * Has this program do jobs, each in a process of its own that outlives the agent. Where one job was, the next mostly follows, and with a
 * cluster down each start of Node is waited for: so after each one process is started ahead, which ends when no job comes for a while.
 */
export class Runners {
  readonly #file: string
  readonly #argv: readonly string[]
  readonly #environment: Record<string, string>
  readonly #spareMs: number
  #spare: Spare | null = null
  #ending: NodeJS.Timeout | null = null

  constructor(setting: { ownProgram: readonly string[]; environment: Record<string, string>; spareMs?: number }) {
    const [file = '', ...argv] = setting.ownProgram
    this.#file = file
    this.#argv = argv
    this.#environment = setting.environment
    this.#spareMs = setting.spareMs ?? usualSpareMs
  }

  /** Has the job in a folder done, which is journaled; who is second to begin it does nothing. */
  start(folder: string): void {
    const spare = this.#spare
    this.#spare = null
    if (spare === null) this.#startFor(folder)
    else this.#handOver(spare, folder)
    this.#startAhead()
  }

  /** Ends what waits for a job; jobs go on. */
  close(): void {
    if (this.#ending !== null) clearTimeout(this.#ending)
    this.#ending = null
    this.#spare?.stdin.end()
    this.#spare = null
  }

  #startFor(folder: string): void {
    const runner = spawn(this.#file, [...this.#argv, 'job', folder], { ...this.#apart(), stdio: 'ignore' })
    runner.on('error', (error) => {
      const problem = `The agent could not start itself as ${this.#file} to run this job: ${error.message}.`
      void giveUp(folder, 'failed', problem).catch(() => {})
    })
    runner.unref()
  }

  #handOver(spare: Spare, folder: string): void {
    // Killed before it came to the job, or unable to begin it: nobody else may have.
    const isLeft = () => !existsSync(join(folder, parts.claim))
    if (spare.exitCode !== null || spare.signalCode !== null) return this.#startFor(folder)
    spare.once('exit', () => {
      if (isLeft()) this.#startFor(folder)
    })
    spare.stdin.end(folder)
  }

  #startAhead(): void {
    const spare = spawn(this.#file, [...this.#argv, 'job'], { ...this.#apart(), stdio: ['pipe', 'ignore', 'ignore'] })
    // The next job is then begun without one.
    spare.on('error', () => this.#forget(spare))
    spare.once('exit', () => this.#forget(spare))
    spare.stdin.on('error', () => {})
    spare.unref()
    this.#spare = spare
    if (this.#ending !== null) clearTimeout(this.#ending)
    this.#ending = setTimeout(() => this.close(), this.#spareMs).unref()
  }

  #forget(spare: Spare): void {
    if (this.#spare === spare) this.#spare = null
  }

  #apart() {
    return { cwd: '/', detached: true, env: bareEnvironment(this.#environment) } as const
  }
}

const usualSpareMs = 30_000
