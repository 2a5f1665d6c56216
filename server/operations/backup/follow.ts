import { setTimeout as sleep } from 'node:timers/promises'
import type { JobState } from '#agent/protocol/job.ts'
import { formatDuration } from '#domain/format.ts'
import type { StepOutcome } from '../define.ts'
import { lookAtJob } from './ask-agent.ts'
import { Cancelling } from './cancelling.ts'
import type { BackupContext } from './context.ts'
import { endOfJob } from './job-end.ts'
import { type BackupPace, usualPace } from './pace.ts'
import { ProgressTeller } from './progress-teller.ts'

/**
 * Follows the job until it ends, telling its output and how far it is; ends it when somebody cancels. An agent that does not
 * answer is waited for: pgBackRest goes on without it.
 */
export async function follow(context: BackupContext, pace: BackupPace = usualPace): Promise<StepOutcome> {
  const progress = new ProgressTeller(context, pace.progressMs)
  const silence = new Silence(context, pace)
  const cancelling = new Cancelling(context)
  for (;;) {
    const sight = await lookAtJob(context, context.facts.nextLine ?? 0)
    if (sight.kind === 'job') {
      if (sight.job.state !== 'lost') silence.broken()
      // The end comes after the last line: an answer holds so many lines at most.
      if (tellOutput(context, sight.job) === 'more') continue
      const ended = await endOfJob(context, sight.job)
      if (typeof ended === 'string') {
        if (silence.goesOn(ended, 'nobody saw how pgBackRest ended, so what is listed there decides'))
          return lost(context, pace)
      } else {
        if (ended) return ended
        await progress.look()
      }
    } else {
      const isOver = silence.goesOn(sight.kind === 'silent' ? sight.sentence : 'It knows no such job any more.')
      if (isOver) return lost(context, pace)
    }
    await cancelling.sendIfAsked()
    await sleep(pace.pollMs, undefined, { signal: context.signal })
  }
}

function tellOutput(context: BackupContext, { output }: JobState): 'more' | 'all' {
  const told = context.facts.nextLine ?? 0
  const fresh = output.lines.slice(Math.max(0, told - output.from))
  if (fresh.length === 0) return 'all'
  for (const line of fresh) context.say(line)
  // With the lines in one write: whoever takes over neither repeats nor misses one.
  const nextLine = output.from + output.lines.length
  context.note({ nextLine })
  return nextLine < output.total ? 'more' : 'all'
}

/** Tells of an agent that does not answer, once for each reason, and of its return. */
class Silence {
  readonly #context: BackupContext
  readonly #limitMs: number
  #since: number | null = null
  #told = ''

  constructor(context: BackupContext, { silentDuringMs }: BackupPace) {
    this.#context = context
    this.#limitMs = silentDuringMs
  }

  /** True once it has lasted for longer than anybody should wait. */
  goesOn(sentence: string, meanwhile = 'pgBackRest goes on there without it'): boolean {
    this.#since ??= performance.now()
    const { node } = this.#context.operation.plan
    if (sentence !== this.#told) this.#context.say(`waiting for the agent on ${node}; ${meanwhile}. ${sentence}`)
    this.#told = sentence
    return performance.now() - this.#since > this.#limitMs
  }

  broken(): void {
    if (this.#since !== null) this.#context.say(`the agent on ${this.#context.operation.plan.node} answers again`)
    this.#since = null
    this.#told = ''
  }
}

function lost({ operation }: BackupContext, { silentDuringMs }: BackupPace): StepOutcome {
  const { node } = operation.plan
  return {
    kind: 'unknown',
    detail: `The agent on ${node} has not told for ${formatDuration(silentDuringMs)} how the backup ended. Whether it was made cannot be told from here: see there what pgbackrest info lists.`,
  }
}
