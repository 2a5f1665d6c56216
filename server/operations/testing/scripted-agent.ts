import type { JobState } from '#agent/protocol/job.ts'
import { isVerb, verbs } from '#agent/protocol/verbs.ts'
import { AppError } from '#server/errors.ts'
import { type AgentAccess, OldEpochError, type RunBinding } from '../agent-access.ts'

/** How a job ends, and after how long. */
export interface ScriptedRun {
  state: 'succeeded' | 'failed' | 'cancelled' | 'lost'
  result?: unknown
  problem?: string
  lines?: string[]
  ms?: number
}

type Answer = (args: unknown, agent: ScriptedAgent) => unknown

/** An agent that answers as a test tells it, verb by verb; jobs it knows by operation and step, and begins each once. */
export class ScriptedAgent {
  readonly node: string
  /** Every verb it was asked for with its arguments, jobs only when they were begun. */
  done: { verb: string; args: unknown }[] = []
  /** Errors it answers instead, by verb; each drops out when it was told. */
  faults: { verb: string; error: AppError }[] = []
  calls: Record<string, Answer> = {}
  runs: Record<string, (args: unknown, agent: ScriptedAgent) => ScriptedRun> = {}
  readonly #jobs = new Map<string, { state: JobState; endsAt: number; end: ScriptedRun }>()
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
  answer(verb: string, raw: unknown, binding: RunBinding | null): unknown {
    if (!isVerb(verb)) throw new AppError('refused', `There is no verb ${verb}.`)
    const args = verbs[verb].args.parse(raw)
    if (binding !== null && binding.epoch < this.#epoch) throw new OldEpochError('The epoch is an older one.')
    this.#epoch = Math.max(this.#epoch, binding?.epoch ?? 0)
    const fault = this.faults.find((each) => each.verb === verb)
    if (fault) {
      this.faults.splice(this.faults.indexOf(fault), 1)
      throw fault.error
    }
    if (verb === 'job-state' || verb === 'job-cancel') return this.#look(verb, verbs[verb].args.parse(args))
    if (verbs[verb].form === 'job') return this.#begin(verb, args, binding)
    this.done.push({ verb, args })
    const answer = this.calls[verb]
    if (!answer) throw new AppError('refused', `The scripted agent does not know ${verb}.`)
    return answer(args, this)
  }

  #begin(verb: string, args: unknown, binding: RunBinding | null): JobState {
    const { operation = '', step = '' } = binding ?? {}
    const known = this.#jobs.get(`${operation} ${step}`)
    if (known) return known.state
    this.done.push({ verb, args })
    const end = this.runs[verb]?.(args, this) ?? { state: 'succeeded' }
    const lines = end.lines ?? []
    const state: JobState = {
      operation,
      step,
      verb,
      state: 'running',
      startedAt: new Date().toISOString(),
      endedAt: null,
      exitCode: null,
      signal: null,
      result: null,
      problem: null,
      output: { from: 0, lines, total: lines.length },
    }
    this.#jobs.set(`${operation} ${step}`, { state, end, endsAt: Date.now() + (end.ms ?? 0) })
    return state
  }

  #look(
    verb: 'job-state' | 'job-cancel',
    { operation, step, from = 0 }: { operation: string; step: string; from?: number },
  ): JobState {
    const job = this.#jobs.get(`${operation} ${step}`)
    if (!job) throw new AppError('not-found', 'There is no such job.')
    if (verb === 'job-cancel') {
      job.end = { state: 'cancelled', problem: 'It was ended because it was asked to.' }
      job.endsAt = 0
    }
    const { state, end } = job
    const output = { ...state.output, from, lines: state.output.lines.slice(from) }
    if (Date.now() < job.endsAt) return { ...state, output }
    const exitCode = end.state === 'lost' ? null : Number(end.state !== 'succeeded')
    return { ...state, output, state: end.state, exitCode, result: end.result ?? null, problem: end.problem ?? null }
  }
}
