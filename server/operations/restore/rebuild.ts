import type { StepOutcome } from '../define.ts'
import type { JobWish } from '../agent-job.ts'
import { start } from './adopt.ts'
import { doJobs } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { attemptName, discard, noteKept } from './data.ts'
import { lookAtFollower } from './members.ts'
import { replicaOf } from './step-names.ts'
import { untilFound } from './until.ts'

/** Sets a replica's old data aside and lets Patroni build it anew from the recovered leader. */
export async function rebuildReplica(context: RestoreContext): Promise<StepOutcome> {
  const { id: name, plan } = context.operation
  const replica = replicaOf(context.binding.step, plan)
  const keepsOld = plan.wayBack === 'aside'
  const failure = await doJobs(context, [
    { node: replica, verb: 'data-move-aside', args: { name }, part: 'aside' },
    // Where no disk holds two copies, the old one has served its turn: the new timeline is archived by now.
    ...(keepsOld ? [] : [discard(replica, name, 'discard')]),
  ])
  if (failure) return failure
  if (keepsOld) noteKept(context, replica)
  return buildAnew(context, { member: replica, leader: plan.node })
}

/** On the way back, where the node's own data was overwritten: it follows whoever leads. */
export async function rebuildNode(context: RestoreContext): Promise<StepOutcome> {
  const { id, plan } = context.operation
  const name = attemptName(id)
  const jobs: JobWish[] = [
    { node: plan.node, verb: 'data-move-aside', args: { name }, part: 'aside' },
    discard(plan.node, name, 'discard'),
  ]
  const failure = await doJobs(context, jobs)
  return failure ?? buildAnew(context, { member: plan.node, leader: context.facts.restore?.returnedTo ?? '' })
}

/** Starts Patroni on a replica whose data is as it was. */
export async function returnReplica(context: RestoreContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const member = replicaOf(context.binding.step, plan)
  const leader = context.facts.restore?.returnedTo ?? plan.leader
  if (member === leader) return { kind: 'done', detail: `${member} leads.` }
  return buildAnew(context, { member, leader })
}

async function buildAnew(context: RestoreContext, at: { member: string; leader: string }): Promise<StepOutcome> {
  const { member, leader } = at
  const failure = await start(context, member)
  if (failure) return failure
  const followed = await untilFound(
    context,
    { what: `${member} streams from ${leader}`, withinMs: 600_000, everyMs: 300, mayCancel: false },
    () => lookAtFollower(context, at),
  )
  if ('kind' in followed) return followed
  return {
    kind: 'done',
    detail: `${member} streams from ${leader} on timeline ${followed.found.timeline ?? 'unknown'}.`,
  }
}
