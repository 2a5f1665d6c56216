import { listNames } from '#domain/words.ts'
import { type JobEnd, type JobWish, runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { doJobs, type Failure } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { type Look, untilFound } from './until.ts'
import { leaderInEtcd } from './who-leads.ts'

/**
 * Keeps Patroni from being started by anything but us on every node, a reboot included. What runs goes on running, so this costs nobody anything yet
 * and is done before clients are shut out.
 */
export async function mask(context: RestoreContext): Promise<StepOutcome> {
  const { node, replicas } = context.operation.plan
  noteRestore(context, { touchedAt: context.facts.restore?.touchedAt ?? context.now() })
  await context.remember({})
  const names = [node, ...replicas]
  const failure = await onNodes(context, names, 'patroni-mask')
  return failure ?? { kind: 'done', detail: `Only this operation starts Patroni on ${listNames(names)} from here on.` }
}

/** On the way back, where nothing was stopped for good: Patroni is started as it was before. */
export async function unmask(context: RestoreContext): Promise<StepOutcome> {
  const { node, replicas } = context.operation.plan
  const names = [node, ...replicas]
  const failure = await onNodes(context, names, 'patroni-unmask')
  return failure ?? { kind: 'done', detail: `Patroni starts by itself again on ${listNames(names)}.` }
}

/** Stops Patroni on the replicas, and with it their Postgres: all at once, while the leader still runs and has nobody to follow it. */
export async function stopReplicas(context: RestoreContext): Promise<StepOutcome> {
  const { leader, replicas } = context.operation.plan
  const led = await untilFound(context, { what: `${leader} leads`, withinMs: 15_000 }, () => lookWhoLeads(context))
  if ('kind' in led) return led
  const failure = await onNodes(context, replicas, 'patroni-stop')
  return failure ?? { kind: 'done', detail: `Patroni and Postgres are stopped on ${listNames(replicas)}.` }
}

/** A lead that has moved since it was planned: the old leader's data would no longer be all there is. */
async function lookWhoLeads(context: RestoreContext): Promise<Look<true>> {
  if (context.cluster.dcs === null) return { not: 'The console reaches no etcd.' }
  const leader = await leaderInEtcd(context)
  if (leader === context.operation.plan.leader) return { found: true }
  return { not: `${leader ?? 'Nobody'} leads by now: bring the old cluster back and plan the recovery anew.` }
}

/** The leader comes last: stopped first, a replica would take over. */
export async function stopLeader(context: RestoreContext): Promise<StepOutcome> {
  const { leader: node } = context.operation.plan
  const failure = await doJobs(context, [{ node, verb: 'patroni-stop', args: {} }])
  return failure ?? { kind: 'done', detail: `Patroni and Postgres are stopped on ${node}.` }
}

/** On the way back: the recovered node leaves the lead that it had taken already. */
export async function standDown(context: RestoreContext): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const failure = await doJobs(context, [
    { node, verb: 'patroni-mask', args: {}, part: 'mask' },
    { node, verb: 'patroni-stop', args: {}, part: 'stop' },
  ])
  return failure ?? { kind: 'done', detail: `Patroni is stopped on ${node}.` }
}

/** Has all nodes do the same at the same time; the first failure in the plan's order, once every one has ended. */
export async function onNodes(context: RestoreContext, nodes: readonly string[], verb: Plain): Promise<Failure | null> {
  return firstFailure(nodes, (node) => runJob(context, jobOn(context, node, verb)))
}

/** How the first of these nodes failed, once every one has ended; null = none did. */
export async function firstFailure(
  nodes: readonly string[],
  work: (node: string) => Promise<JobEnd>,
): Promise<Failure | null> {
  const ends = await Promise.all(nodes.map(work))
  return ends.find((end): end is Failure => end.kind !== 'succeeded') ?? null
}

/** A job that several nodes have in one step. Names of jobs are short, names of nodes need not be. */
export function jobOn({ operation }: RestoreContext, node: string, verb: Plain): JobWish<Plain> {
  const { plan } = operation
  return { node, verb, args: {}, part: String([plan.node, ...plan.replicas].indexOf(node)) }
}

/** What needs no arguments. */
type Plain = 'patroni-mask' | 'patroni-unmask' | 'patroni-stop' | 'clients-fence' | 'clients-release'
