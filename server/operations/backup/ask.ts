import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import type { StepOutcome } from '../define.ts'
import { askBound } from '../ask-bound.ts'
import { isStaleCheck } from '../engine/stale-check.ts'
import { agentOf, isDoubtful, lookAtJob } from './ask-agent.ts'
import type { BackupContext } from './context.ts'
import { type BackupPace, usualPace } from './pace.ts'
import { recheck } from './recheck.ts'

/** Asks the node's agent for the backup until it is known to have it: asked again, the agent attaches to the job of before. */
export async function ask(context: BackupContext, pace: BackupPace = usualPace): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const asker = (context.facts.sends ?? 0) === 0 ? await context.cancelAskedBy() : null
  if (asker !== null) return { kind: 'cancelled', detail: `${asker} cancelled it before anything was sent.` }
  if (isStaleCheck(context)) {
    const found = await recheck(context)
    if ('kind' in found) return found
  }
  const begunAt = performance.now()
  for (;;) {
    const doubt = await send(context)
    if (typeof doubt !== 'string') return doubt
    context.say(`the agent on ${node} did not say whether it has the job: ${doubt}`)
    const seen = await untilSeen(context, pace, begunAt)
    if (seen) return seen
    if (performance.now() - begunAt > pace.silentBeforeMs) return silent(context, doubt)
    await sleep(pace.pollMs, undefined, { signal: context.signal })
  }
}

/** After a crash: whether the agent has the job. */
export async function probe(
  context: BackupContext,
  pace: BackupPace = usualPace,
): Promise<StepOutcome | { kind: 'not-done' }> {
  if ((context.facts.sends ?? 0) === 0) {
    context.say('nothing had been sent')
    return { kind: 'not-done' }
  }
  const seen = await untilSeen(context, pace, performance.now())
  return seen ?? { kind: 'not-done' }
}

/** Sends the request once; a sentence where it may have arrived without an answer. */
async function send(context: BackupContext): Promise<StepOutcome | string> {
  const { stanza, repository, type, startFast, fromStandby, node } = context.operation.plan
  const agent = agentOf(context)
  await context.remember({ sends: (context.facts.sends ?? 0) + 1 })
  context.debugPoint('before-send')
  context.say(`asked the agent on ${node}`)
  // By it the backup is known among others that may be made at the same time.
  const annotation = context.operation.id
  const args = { stanza, repository, type, startFast, fromStandby, annotation }
  try {
    await askBound(context, agent, 'pgbackrest-backup', args)
    return taken(node)
  } catch (error) {
    if (isDoubtful(error)) return error.message
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    return refused(context, error)
  }
}

/** A refusal proves that this request began nothing; one sent before it may have. */
async function refused(context: BackupContext, { message }: AppError): Promise<StepOutcome | string> {
  const { node } = context.operation.plan
  if ((context.facts.sends ?? 0) > 1) {
    const sight = await lookAtJob(context, 0)
    if (sight.kind === 'job') return taken(node)
    if (sight.kind === 'silent') return message
  }
  return { kind: 'refused', detail: message }
}

/** Looks until the agent says whether it has the job; null where it has none and should be asked (again). */
async function untilSeen(context: BackupContext, pace: BackupPace, begunAt: number): Promise<StepOutcome | null> {
  const { node } = context.operation.plan
  const lookedAt = performance.now()
  let told = ''
  for (;;) {
    const sight = await lookAtJob(context, 0)
    if (sight.kind === 'job') return taken(node)
    const asker = await context.cancelAskedBy()
    if (sight.kind === 'none') {
      if (asker === null) return null
      // What was sent may still be under way for as long as its signature is good.
      if (performance.now() - lookedAt > pace.requestLifeMs) {
        return { kind: 'cancelled', detail: `${asker} cancelled it before the agent on ${node} had taken it up.` }
      }
    } else {
      if (performance.now() - begunAt > pace.silentBeforeMs) return silent(context, sight.sentence)
      if (sight.sentence !== told)
        context.say(`the agent on ${node} does not answer; waiting for it. ${sight.sentence}`)
      told = sight.sentence
    }
    await sleep(pace.pollMs, undefined, { signal: context.signal })
  }
}

function taken(node: string): StepOutcome {
  return { kind: 'done', detail: `The agent on ${node} has the job.` }
}

function silent({ operation }: BackupContext, sentence: string): StepOutcome {
  const { node } = operation.plan
  return {
    kind: 'unknown',
    detail: `Whether the agent on ${node} has begun the backup could not be found out: ${sentence} See there whether pgBackRest runs (pgbackrest info) before you ask again.`,
  }
}
