import { z } from 'zod'
import { jobState, type JobState } from '#agent/protocol/job.ts'
import { verbPath } from '#agent/protocol/paths.ts'
import type { Binding } from '#agent/protocol/signature.ts'
import { verbs, type ArgsOf, type VerbName } from '#agent/protocol/verbs.ts'
import { callAgent, type CallKey, type KnownAgent } from './call.ts'

export interface VerbCall<N extends VerbName> {
  agent: KnownAgent
  key: CallKey
  verb: N
  args: ArgsOf<N>
  binding: Omit<Binding, 'audience'>
  now: Date
  signal?: AbortSignal | undefined
}

type NamesOf<F extends 'call' | 'job'> = { [N in VerbName]: (typeof verbs)[N]['form'] extends F ? N : never }[VerbName]

/** Verbs that are answered at once with their result. */
export type CallVerb = NamesOf<'call'>
/** Verbs that begin a job. */
export type JobVerb = NamesOf<'job'>

/** Asks an agent for something that it answers at once; the answer has the form that `answer` says. */
export function callVerb<N extends CallVerb, T>(call: VerbCall<N>, answer: z.ZodType<T>): Promise<T> {
  return send(call, answer, verbs[call.verb].deadlineMs)
}

/** Begins a job, or finds the one that this step began before: both bring how it stands. */
export function startJob<N extends JobVerb>(call: VerbCall<N>): Promise<JobState> {
  return send(call, jobState, acceptWithinMs)
}

/** Asks for a verb of either form; the answer comes as it is, for who knows the verb to read. */
export function askVerb<N extends VerbName>(call: VerbCall<N>): Promise<unknown> {
  const { form, deadlineMs } = verbs[call.verb]
  return send(call, z.unknown(), form === 'job' ? acceptWithinMs : deadlineMs)
}

/** A job is journaled before it is answered, no more. */
const acceptWithinMs = 10_000
/** What the way there and back may take beyond the verb's own time. */
const wayMs = 2_000

function send<N extends VerbName, T>(call: VerbCall<N>, answer: z.ZodType<T>, withinMs: number): Promise<T> {
  const { agent, key, verb, args, binding, now, signal } = call
  return callAgent({
    agent,
    key,
    path: verbPath(verb),
    body: args,
    binding,
    answer,
    timeoutMs: withinMs + wayMs,
    now,
    signal,
  })
}
