import { clientsState } from '#agent/protocol/results.ts'
import { listNames } from '#domain/words.ts'
import { runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { askNode } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/** Closes every node's pooler to clients: from here on the cluster is down for them. */
export async function fence(context: RestoreContext): Promise<StepOutcome> {
  const { node, replicas } = context.operation.plan
  noteRestore(context, { fencedAt: context.facts.restore?.fencedAt ?? context.now() })
  await context.remember({})
  const ends = await Promise.all(
    [node, ...replicas].map(async (name) => {
      const { pooler } = await askNode(context, { node: name, verb: 'clients-state', args: {} }, clientsState)
      if (pooler === null) return { name, end: null }
      return {
        name,
        end: await runJob(context, { node: name, verb: 'clients-fence', args: {}, part: partOf(name, context) }),
      }
    }),
  )
  const fencedNodes = ends.flatMap(({ name, end }) => (end === null ? [] : [name]))
  noteRestore(context, { fencedNodes })
  for (const { end } of ends) if (end !== null && end.kind !== 'succeeded') return end
  const open = ends.flatMap(({ name, end }) => (end === null ? [name] : []))
  const kept =
    open.length === 0
      ? ''
      : ` ${listNames(open)} ${open.length === 1 ? 'has' : 'have'} no pgBouncer that the agent knows of; Postgres itself stops there.`
  if (fencedNodes.length === 0) return { kind: 'done', detail: `No client was shut out by a pooler.${kept}` }
  return { kind: 'done', detail: `pgBouncer takes no clients on ${listNames(fencedNodes)}.${kept}` }
}

/** Opens every pooler again that was closed. */
export async function release(context: RestoreContext): Promise<StepOutcome> {
  const { node, replicas } = context.operation.plan
  // Where nobody knows how far shutting out came, all are opened: an open one stays as it is.
  const nodes = context.facts.restore?.fencedNodes ?? [node, ...replicas]
  if (nodes.length === 0) return { kind: 'done', detail: 'No pooler had been closed.' }
  const ends = await Promise.all(
    nodes.map((name) =>
      runJob(context, { node: name, verb: 'clients-release', args: {}, part: partOf(name, context) }),
    ),
  )
  for (const end of ends) if (end.kind !== 'succeeded') return end
  return { kind: 'done', detail: `pgBouncer takes clients again on ${listNames(nodes)}.` }
}

/** Names of jobs are short, names of nodes need not be. */
function partOf(name: string, { operation }: RestoreContext): string {
  const { node, replicas } = operation.plan
  return String([node, ...replicas].indexOf(name))
}
