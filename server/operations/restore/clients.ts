import { clientsState } from '#agent/protocol/results.ts'
import { listNames } from '#domain/words.ts'
import { runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { askNode, type Failure } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/** Closes every node's pooler to clients: from here on the cluster is down for them. */
export async function fence(context: RestoreContext): Promise<StepOutcome> {
  const { node, replicas } = context.operation.plan
  noteRestore(context, { fencedAt: context.facts.restore?.fencedAt ?? context.now() })
  await context.remember({})
  const names = [node, ...replicas]
  const states = await Promise.all(
    names.map(async (name) => ({
      name,
      has: (await askNode(context, { node: name, verb: 'clients-state', args: {} }, clientsState)).pooler !== null,
    })),
  )
  const poolers = states.filter(({ has }) => has).map(({ name }) => name)
  noteRestore(context, { poolers })
  const failure = await onAll(context, poolers, 'clients-fence')
  if (failure) return failure
  noteRestore(context, { fencedNodes: poolers })
  const open = names.filter((name) => !poolers.includes(name))
  const kept =
    open.length === 0
      ? ''
      : ` ${listNames(open)} ${open.length === 1 ? 'has' : 'have'} no pgBouncer that the agent knows of; Postgres itself stops there.`
  if (poolers.length === 0) return { kind: 'done', detail: `No client was shut out by a pooler.${kept}` }
  return { kind: 'done', detail: `pgBouncer takes no clients on ${listNames(poolers)}.${kept}` }
}

/** Opens every pooler again that was closed. */
export async function release(context: RestoreContext): Promise<StepOutcome> {
  const poolers = context.facts.restore?.poolers ?? []
  if (poolers.length === 0) return { kind: 'done', detail: 'No pooler had been closed.' }
  // Where nobody knows how far shutting out came, all are opened: an open one stays as it is.
  const failure = await onAll(context, poolers, 'clients-release')
  if (failure) return failure
  noteRestore(context, { fencedNodes: [] })
  return { kind: 'done', detail: `pgBouncer takes clients again on ${listNames(poolers)}.` }
}

/** Every node at once: those in between would let in whom the others keep out. */
async function onAll(
  context: RestoreContext,
  nodes: readonly string[],
  verb: 'clients-fence' | 'clients-release',
): Promise<Failure | null> {
  const ends = await Promise.all(
    nodes.map((name) => runJob(context, { node: name, verb, args: {}, part: partOf(name, context) })),
  )
  return ends.find((end): end is Failure => end.kind !== 'succeeded') ?? null
}

/** Names of jobs are short, names of nodes need not be. */
function partOf(name: string, { operation }: RestoreContext): string {
  const { node, replicas } = operation.plan
  return String([node, ...replicas].indexOf(name))
}
