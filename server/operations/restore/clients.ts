import { listNames } from '#domain/words.ts'
import type { JobEnd } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import type { RestoreContext } from './context.ts'
import { close, reopen } from './doors.ts'
import { noteRestore } from './facts.ts'
import { stillAway } from './pass-over.ts'
import { firstFailure } from './stop.ts'

/** Closes every node's pooler to clients: from here on the cluster is down for them. */
export async function fence(context: RestoreContext): Promise<StepOutcome> {
  const { node, replicas } = context.operation.plan
  const names = [node, ...replicas]
  const poolers = context.facts.restoreBefore?.poolers ?? []
  // Also where it fails some may be closed.
  noteRestore(context, { fencedAt: context.facts.restore?.fencedAt ?? context.now(), fencedNodes: poolers })
  await context.remember({})
  const failure = await firstFailure(poolers, (node) => close(context, node))
  if (failure) return failure
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
  const poolers = context.facts.restoreBefore?.poolers ?? []
  // Where it did not come to that, what is closed was closed by somebody else.
  if (poolers.length === 0 || context.facts.restore?.fencedAt === undefined)
    return { kind: 'done', detail: 'No pooler had been closed.' }
  // Where nobody knows how far shutting out came, all are opened: an open one stays as it is.
  const away = await stillAway(context, poolers)
  const heard = poolers.filter((name) => !away.includes(name))
  const ends = await Promise.all(heard.map(async (name) => ({ name, end: await reopenNoting(context, name) })))
  const { openedAt, passedOver = [] } = context.facts.restore ?? {}
  const closed = ends.flatMap(({ name, end }) => (end.kind === 'succeeded' ? [] : [{ name, end }]))
  const bad = closed.filter(({ name }) => !passedOver.includes(name))
  const names = bad.map(({ name }) => name)
  // Without the leader's nobody is served; a replica's is a matter of that node.
  const canPass = openedAt !== undefined && !names.includes(context.operation.plan.node)
  const shut = [...away, ...closed.map(({ name }) => name)]
  noteRestore(context, { unheard: canPass ? names : [], fencedNodes: shut })
  if (bad[0]) return bad[0].end
  const opened = poolers.filter((name) => !shut.includes(name))
  const kept =
    shut.length === 0
      ? ''
      : ` On ${listNames(shut)}, which ${shut.length === 1 ? 'is' : 'are'} passed over, it was not opened.`
  return { kind: 'done', detail: `pgBouncer takes clients again on ${listNames(opened)}.${kept}` }
}

/** Clients write from the moment on at which the leader's pooler is open, or where it has none the first, however long another takes. */
async function reopenNoting(context: RestoreContext, name: string): Promise<JobEnd> {
  const end = await reopen(context, name)
  const { fencedNodes = [], openedAt } = context.facts.restore ?? {}
  if (end.kind !== 'succeeded' || !fencedNodes.includes(name)) return end
  const { node } = context.operation.plan
  const { poolers = [] } = context.facts.restoreBefore ?? {}
  const isFirst = poolers.includes(node) ? name === node : fencedNodes.length === poolers.length
  const isServed = openedAt !== undefined && isFirst
  noteRestore(context, {
    fencedNodes: fencedNodes.filter((each) => each !== name),
    ...(isServed ? { writableAt: context.now() } : {}),
  })
  return end
}
