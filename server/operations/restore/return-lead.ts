import { controlData } from '#agent/protocol/results.ts'
import { parseLsn } from '#domain/lsn.ts'
import type { StepOutcome } from '../define.ts'
import { startAndLead } from './adopt.ts'
import { askNode } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'

/** The old leader leads again, on its own data. */
export function returnLeader(context: RestoreContext): Promise<StepOutcome> {
  return leadBy(context, context.operation.plan.leader)
}

/** Where the leader's data was overwritten, the replica that is furthest leads: started first and alone, nobody can be before it. */
export async function leadByReplica(context: RestoreContext): Promise<StepOutcome> {
  const { replicas } = context.operation.plan
  const known = context.facts.restore?.returnedTo
  if (known !== undefined) return leadBy(context, known)
  const reached = await Promise.all(
    replicas.map(async (node) => {
      const control = await askNode(context, { node, verb: 'postgres-controldata', args: {} }, controlData)
      return { node, lsn: reachedBy(control) }
    }),
  )
  const [furthest] = reached.toSorted((a, b) => b.lsn - a.lsn)
  if (furthest === undefined) return { kind: 'failed', detail: 'There is no replica that could lead.' }
  context.say(`${furthest.node} is furthest of the replicas`)
  return leadBy(context, furthest.node)
}

/** How far a stopped Postgres has come, bytes. */
export function reachedBy(control: Readonly<Record<string, string>>): number {
  const places = ['Minimum recovery ending location', 'Latest checkpoint location']
  return Math.max(...places.map((name) => parseLsn(control[name] ?? '') ?? 0))
}

async function leadBy(context: RestoreContext, node: string): Promise<StepOutcome> {
  noteRestore(context, { returnedTo: node })
  await context.remember({})
  const led = await startAndLead(context, node)
  if ('kind' in led) return led
  noteRestore(context, { timelineAfter: led.timeline })
  return { kind: 'done', detail: `${node} leads again${led.timeline === null ? '' : `, on timeline ${led.timeline}`}.` }
}
