import { listNames } from '#domain/words.ts'
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
  const opened = poolers.filter((name) => !away.includes(name))
  const failure = await firstFailure(opened, (node) => reopen(context, node))
  if (failure) return failure
  const isOpened = context.facts.restore?.openedAt !== undefined
  noteRestore(context, { fencedNodes: away, ...(isOpened ? { writableAt: context.now() } : {}) })
  const shut = away.length === 0 ? '' : ` On ${listNames(away)}, which is passed over, it was not opened.`
  return { kind: 'done', detail: `pgBouncer takes clients again on ${listNames(opened)}.${shut}` }
}
