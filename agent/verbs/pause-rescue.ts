import { setTimeout as wait } from 'node:timers/promises'
import type { Standing } from '#agent/jobs/how-job-stands.ts'
import { keptLines, sayAfterwards } from '#agent/jobs/output-log.ts'
import { isLetGo, rescuedLine } from '#agent/protocol/pooler.ts'
import { verbs } from '#agent/protocol/verbs.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { answerCall, type CallSetting } from './answer-call.ts'

interface Log {
  info: (fields: Record<string, unknown>, message: string) => void
}

/**
 * Resumes what pauses left paused whose processes were killed: at once where the agent lives, and when it is started again else. pgBouncer itself
 * would stay paused for ever, so it is tried until it is done.
 */
export class PauseRescue {
  readonly #setting: CallSetting
  readonly #log: Log
  readonly #closed = new AbortController()

  constructor(setting: CallSetting, log: Log) {
    this.#setting = setting
    this.#log = log
  }

  /** Looks at a job that has ended. Never throws. */
  look(folder: string, standing: Standing): void {
    if (standing.job.verb === 'pooler-pause') void this.#rescue(folder, standing).catch(() => {})
  }

  /** Tries no more; the next agent goes on. */
  close(): void {
    this.#closed.abort()
  }

  async #rescue(folder: string, { job, state, startedAt, end }: Standing): Promise<void> {
    const about = { operation: job.operation, step: job.step }
    const lines = await keptLines(folder)
    if (isLetGo({ state, startedAt, exitCode: end?.exitCode ?? null, lines })) return
    this.#log.info(about, 'What held a pause of pgBouncer was killed: the agent resumes it.')
    const { database } = verbs['pooler-pause'].args.parse(job.args)
    const how = await this.#resume(database, about)
    await sayAfterwards(folder, `${rescuedLine}${how}`)
    // What was killed may have left a PAUSE behind that was on its way then.
    await this.#wait(secondMs)
    await this.#resume(database, about)
  }

  async #resume(database: string | null, about: Record<string, unknown>): Promise<string> {
    for (let pauseMs = againMs; ; pauseMs = Math.min(2 * pauseMs, mostMs)) {
      try {
        await answerCall('pooler-command', { act: 'resume', database }, this.#setting)
        this.#log.info(about, 'Clients of pgBouncer go on.')
        return 'what held the pause was killed.'
      } catch (error) {
        // No such database, or no pooler any more: nobody can be held back there.
        if (error instanceof RefusedError && error.code === 'not-found') return error.message
        this.#log.info({ ...about, problem: String(error) }, 'pgBouncer cannot be resumed yet.')
      }
      await this.#wait(pauseMs)
    }
  }

  /** Throws once it is closed. */
  #wait(ms: number): Promise<void> {
    return wait(ms, undefined, { signal: this.#closed.signal, ref: false })
  }
}

/** Between two attempts, at first and at most. */
const againMs = 2_000
const mostMs = 30_000
/** Before it is looked for once more. */
const secondMs = 3_000
