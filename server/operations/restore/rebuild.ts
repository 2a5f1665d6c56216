import { attemptName } from '../attempt-name.ts'
import type { StepOutcome } from '../define.ts'
import { start } from './adopt.ts'
import { doJobs, type Failure } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { countCopies } from './copy-count.ts'
import { discard, noteKept } from './data.ts'
import { noteRestore } from './facts.ts'
import { lookAtFollower } from './members.ts'
import { stillAway } from './pass-over.ts'
import { withRefusedLogin } from './refused-login.ts'
import { replicaOf } from './step-names.ts'
import { untilFound } from './until.ts'
import { leaderOnReturn } from './who-leads.ts'

/** Sets a replica's old data aside and lets Patroni build it anew from the recovered leader. */
export async function rebuildReplica(context: RestoreContext): Promise<StepOutcome> {
  const { id: name, plan } = context.operation
  const replica = replicaOf(context.binding.step, plan)
  const { leftOut = [] } = context.facts.restore ?? {}
  if (leftOut.includes(replica) || (await stillAway(context, [replica])).length > 0) {
    noteRestore(context, { leftOut: [...new Set([...leftOut, replica])] })
    return { kind: 'done', detail: `${replica} is passed over: it is not built anew.` }
  }
  // A person may decide to go on without it.
  noteRestore(context, { unheard: [replica] })
  const end = await rebuild(context, replica, name)
  if (end.kind === 'done') noteRestore(context, { unheard: [] })
  return end
}

async function rebuild(context: RestoreContext, replica: string, name: string): Promise<StepOutcome> {
  const { plan } = context.operation
  // Where no disk holds two copies, the old one has served its turn: the new timeline is archived by now.
  const failure =
    plan.wayBack === 'aside' ? await keepOld(context, replica) : await giveUpOld(context, { node: replica, name })
  if (failure) return failure
  const end = await buildAnew(context, { member: replica, leader: plan.node })
  if (end.kind === 'done') return end
  const logs = [{ node: replica, log: 'patroni' } as const, { node: plan.node, log: 'postgres' } as const]
  return withRefusedLogin(context, end, { database: plan.node, logs })
}

/** On the way back, where the node's own data was overwritten: it follows whoever leads. */
export async function rebuildNode(context: RestoreContext): Promise<StepOutcome> {
  const { id, plan } = context.operation
  if (context.facts.restore?.returnedTo === plan.node)
    return { kind: 'done', detail: `${plan.node} leads with its own data, which was not overwritten.` }
  const failure = await giveUpOld(context, { node: plan.node, name: attemptName(id) })
  return failure ?? buildAnew(context, { member: plan.node, leader: context.facts.restore?.returnedTo ?? '' })
}

async function keepOld(context: RestoreContext, node: string): Promise<Failure | null> {
  const { id: name } = context.operation
  const failure = await doJobs(context, [{ node, verb: 'data-move-aside', args: { name }, part: 'aside' }])
  if (failure === null) noteKept(context, node)
  return failure
}

/** Deletes a node's data once: tried again, the step finds what Patroni builds there, which is to stay. */
async function giveUpOld(
  context: RestoreContext,
  { node, name }: { node: string; name: string },
): Promise<Failure | null> {
  const { givenUp = [] } = context.facts.restore ?? {}
  if (givenUp.includes(node)) return null
  const failure = await doJobs(context, [
    { node, verb: 'data-move-aside', args: { name }, part: 'aside' },
    discard(node, name, 'discard'),
  ])
  if (failure) return failure
  noteRestore(context, { givenUp: [...givenUp, node] })
  await context.remember({})
  return null
}

/** Starts Patroni on a replica whose data is as it was. */
export async function returnReplica(context: RestoreContext): Promise<StepOutcome> {
  const { plan } = context.operation
  const member = replicaOf(context.binding.step, plan)
  const leader = await leaderOnReturn(context)
  if (member === leader) {
    // Its key may outlive it for a while: then it is started as well.
    const failure = context.facts.restore?.returnedTo === member ? null : await start(context, member)
    return failure ?? { kind: 'done', detail: `${member} leads.` }
  }
  if ((await stillAway(context, [member])).length > 0) {
    noteRestore(context, { leftOut: [...(context.facts.restore?.leftOut ?? []), member] })
    return { kind: 'done', detail: `${member} is passed over: Patroni is not started there.` }
  }
  return buildAnew(context, { member, leader })
}

async function buildAnew(context: RestoreContext, at: { member: string; leader: string }): Promise<StepOutcome> {
  const { member, leader } = at
  const failure = await start(context, member)
  if (failure) return failure
  const counted = countCopies(member, (line) => context.say(line))
  const followed = await untilFound(
    context,
    { what: `${member} streams from ${leader}`, withinMs: 600_000, everyMs: 300, mayCancel: false },
    async () => counted(await lookAtFollower(context, at)),
  )
  if ('kind' in followed) return followed
  return {
    kind: 'done',
    detail: `${member} streams from ${leader} on timeline ${followed.found.timeline ?? 'unknown'}.`,
  }
}
