import type { JobState } from '#agent/protocol/job.ts'
import { type ArgsOf, isVerb, verbs } from '#agent/protocol/verbs.ts'
import { AppError } from '#server/errors.ts'
import { type AgentAccess, OldEpochError, type RunBinding } from '../agent-access.ts'

/** How a job of the stand-in ends, and after how long. */
export interface StandInRun {
  ms: number
  state: 'succeeded' | 'failed' | 'lost'
  exitCode: number | null
  lines: string[]
}

/** An agent with a table of jobs in memory, which runs no program: what an operation asks of it can be counted. */
export class StandInAgent {
  readonly node: string
  /** How often a job was really begun. */
  begun = 0
  cancelled = 0
  /** Every verb it was asked for, in order, those that found it silent too. */
  asked: string[] = []
  /** What it says instead of an answer, by verb; a call drops out when it has been told. */
  faults: { verb: string; error: AppError; isAfterIt?: boolean }[] = []
  backups: unknown[] = []
  /** What pgBackRest answers instead of its list; an answer drops out when it has been told. */
  infos: unknown[] = []
  run: StandInRun = { ms: 0, state: 'succeeded', exitCode: 0, lines: ['backup begins', 'backup ends'] }
  readonly #jobs = new Map<string, StandInJob>()
  #epoch = 0

  constructor(node: string) {
    this.node = node
  }

  access(): AgentAccess {
    return {
      node: this.node,
      ask: (verb, args, binding) => Promise.resolve().then(() => this.answer(verb, args, binding)),
    }
  }

  /** Answers as an agent does; throws AppError. */
  answer(verb: string, args: unknown, binding: RunBinding | null): unknown {
    this.asked.push(verb)
    const fault = this.faults.find((each) => each.verb === verb)
    if (fault) this.faults.splice(this.faults.indexOf(fault), 1)
    if (fault && !fault.isAfterIt) throw fault.error
    const answer = this.#carryOut(verb, args, binding)
    if (fault) throw fault.error
    return answer
  }

  #carryOut(verb: string, args: unknown, binding: RunBinding | null): unknown {
    if (!isVerb(verb)) throw new AppError('refused', `There is no verb ${verb}.`)
    if (binding !== null && binding.epoch < this.#epoch) {
      throw new OldEpochError('The epoch is an older one.')
    }
    this.#epoch = Math.max(this.#epoch, binding?.epoch ?? 0)
    switch (verb) {
      case 'pgbackrest-backup':
        return this.#begin(verbs[verb].args.parse(args), binding)
      case 'job-state':
        return this.#stateOf(verbs[verb].args.parse(args))
      case 'job-cancel':
        return this.#cancel(verbs[verb].args.parse(args))
      case 'pgbackrest-info':
        return this.#info(verbs[verb].args.parse(args).stanza)
      default:
        throw new AppError('refused', `The stand-in does not know ${verb}.`)
    }
  }

  #begin({ type, annotation }: ArgsOf<'pgbackrest-backup'>, binding: RunBinding | null): JobState {
    const { operation = '', step = '' } = binding ?? {}
    const key = `${operation} ${step}`
    const job = this.#jobs.get(key) ?? {
      operation,
      step,
      type,
      annotation,
      startedAt: Date.now(),
      isCancelled: false,
      label: null,
    }
    if (!this.#jobs.has(key)) this.begun += 1
    this.#jobs.set(key, job)
    return this.#tell(job, 0)
  }

  #stateOf({ operation, step, from }: ArgsOf<'job-state'>): JobState {
    const job = this.#jobs.get(`${operation} ${step}`)
    if (!job) throw new AppError('not-found', 'There is no such job.')
    return this.#tell(job, from)
  }

  #cancel({ operation, step }: ArgsOf<'job-cancel'>): object {
    const job = this.#jobs.get(`${operation} ${step}`)
    if (!job) throw new AppError('not-found', 'There is no such job.')
    this.cancelled += 1
    job.isCancelled = true
    return {}
  }

  #tell(job: StandInJob, from: number): JobState {
    const ended = job.isCancelled ? 'cancelled' : this.run.state
    const isOver = job.isCancelled || Date.now() - job.startedAt >= this.run.ms
    const state = isOver ? ended : 'running'
    if (state === 'succeeded') this.#list(job)
    return {
      operation: job.operation,
      step: job.step,
      verb: 'pgbackrest-backup',
      state,
      startedAt: new Date(job.startedAt).toISOString(),
      endedAt: isOver ? new Date().toISOString() : null,
      exitCode: isOver && !job.isCancelled ? this.run.exitCode : null,
      signal: null,
      result: job.label === null ? null : { label: job.label },
      problem: null,
      output: { from, lines: this.run.lines.slice(from, from + mostLines), total: this.run.lines.length },
    }
  }

  #list(job: StandInJob): void {
    if (job.label !== null) return
    job.label = `20261125-03000${this.backups.length}F`
    this.backups.push(listedBackup(job.label, job.type, job.annotation))
  }

  #info(stanza: string): unknown {
    if (this.infos.length > 0) return printed(this.infos.shift())
    return printed([{ name: stanza, status: { code: 0, message: 'ok' }, backup: this.backups }])
  }
}

/** What the program prints that tells this; what is a program's answer already stays as it is. */
export function printed(answer: unknown): unknown {
  if (typeof answer === 'object' && answer !== null && 'stdout' in answer) return answer
  return { exitCode: 0, stdout: JSON.stringify(answer), stderr: '', isCut: false }
}

/** A backup as `info --output=json` has it. */
export function listedBackup(label: string, type: string, operation: string | null = null): unknown {
  return {
    label,
    type,
    database: { id: 1, 'repo-key': 1 },
    timestamp: { start: 1_795_489_200, stop: 1_795_489_800 },
    info: { size: 30_000_000, delta: 12_000_000, repository: { delta: 3_000_000 } },
    error: false,
    ...(operation === null ? {} : { annotation: { matriarch: operation } }),
  }
}

/** Few, so that a longer output comes in several answers. */
const mostLines = 2

interface StandInJob {
  operation: string
  step: string
  type: string
  annotation: string | null
  startedAt: number
  isCancelled: boolean
  /** The backup that it made. */
  label: string | null
}
