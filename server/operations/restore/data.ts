import { keptData } from '#agent/protocol/results.ts'
import type { JobWish } from '../agent-job.ts'
import { attemptName } from '../attempt-name.ts'
import type { StepOutcome } from '../define.ts'
import { askNode, doJobs } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/** Sets the node's own data aside whole, under the operation's id: the way back needs no copy of it. */
export async function setAside(context: RestoreContext): Promise<StepOutcome> {
  const { id: name, plan } = context.operation
  const failure = await doJobs(context, [{ node: plan.node, verb: 'data-move-aside', args: { name } }])
  if (failure) return failure
  noteKept(context, plan.node)
  return { kind: 'done', detail: `The old data of ${plan.node} is kept beside as ${name}.` }
}

/** Notes that a node's old data is kept aside under the operation's id, in place of what was noted of that node before. */
export function noteKept(context: RestoreContext, node: string): void {
  const { id: name } = context.operation
  const others = (context.facts.restore?.keptAside ?? []).filter((kept) => kept.node !== node)
  noteRestore(context, { keptAside: [...others, { node, name }] })
}

/** Puts the old data back where it was; what was recovered goes aside, to be deleted when the cluster runs again. */
export async function takeBackData(context: RestoreContext): Promise<StepOutcome> {
  const { id: name, plan } = context.operation
  const { node } = plan
  const { aside } = await askNode(context, { node, verb: 'data-kept', args: {} }, keptData)
  // Nothing may be moved that is not known to be the recovered data: the old may never have been set aside, or be back already.
  if (!aside.some((kept) => kept.name === name)) {
    forgetKept(context)
    return { kind: 'done', detail: `The old data of ${node} is in its place.` }
  }
  const failure = await doJobs(context, [
    { node, verb: 'data-move-aside', args: { name: attemptName(name) }, part: 'attempt' },
    { node, verb: 'data-put-back', args: { name }, part: 'back' },
  ])
  if (failure) return failure
  forgetKept(context)
  return { kind: 'done', detail: `The old data of ${node} is in its place again.` }
}

function forgetKept(context: RestoreContext): void {
  const { node } = context.operation.plan
  noteRestore(context, { keptAside: (context.facts.restore?.keptAside ?? []).filter((kept) => kept.node !== node) })
}

/** Deletes what was recovered and is wanted no more; done last, since it may take a while and nobody waits for it. */
export async function discardAttempt(context: RestoreContext): Promise<StepOutcome> {
  const { id, plan } = context.operation
  const failure = await doJobs(context, [discard(plan.node, attemptName(id))])
  return failure ?? { kind: 'done', detail: `The recovered data on ${plan.node} is deleted.` }
}

/** The job that deletes what is set aside under a name; `part` tells it apart from others of its step. */
export function discard(node: string, name: string, part?: string): JobWish<'data-discard'> {
  return { node, verb: 'data-discard', args: { name }, ...(part === undefined ? {} : { part }) }
}
