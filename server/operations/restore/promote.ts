import { recoveryStatus } from '#agent/protocol/results.ts'
import { runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { lastAttempt } from './attempts.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { startRecovery } from './recover.ts'
import { movedSince } from './stands-as-seen.ts'
import { statusNow } from './status-now.ts'

type Ended = Exclude<StepOutcome, { kind: 'done' }>

/** Lets the recovered Postgres begin its new timeline, still for this machine alone and with nothing archived. */
export async function promote(context: RestoreContext): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const fault = await seeItStand(context)
  if (fault !== null) return fault
  // From here on it may have begun to write: nothing goes on from where it stands.
  noteRestore(context, { isPromoted: true })
  await context.remember({})
  const end = await runJob(context, { node, verb: 'postgres-promote', args: {} })
  if (end.kind !== 'succeeded') return end
  const newTimeline = recoveryStatus.safeParse(end.job.result).data?.newTimeline ?? null
  if (newTimeline !== null) noteRestore(context, { newTimeline })
  return {
    kind: 'done',
    detail: `Postgres takes writes on ${node}${newTimeline === null ? '' : `, on timeline ${newTimeline}`}, and archives nothing yet.`,
  }
}

/** A node that was started anew since has no Postgres running: recovery is started again, and has to come to where it was looked at. */
async function seeItStand(context: RestoreContext): Promise<Ended | null> {
  const { node } = context.operation.plan
  let status = await statusNow(context, patienceMs)
  if (status.state === 'promoted') return null
  if (status.state !== 'paused') {
    context.say(`recovery on ${node} does not stand at its target any more and is started again`)
    const end = await startRecovery(context, 'start')
    if (end.kind !== 'succeeded') return end
    status = await statusNow(context, patienceMs)
  }
  const moved = movedSince(lastAttempt(context), status)
  if (moved === null) return null
  return { kind: 'failed', detail: `Nothing is promoted on ${node}, as that is not what was looked at. ${moved}` }
}

/** As long as for a job. */
const patienceMs = 120_000
