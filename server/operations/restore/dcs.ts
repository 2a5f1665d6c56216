import type { StepOutcome } from '../define.ts'
import type { RestoreContext } from './context.ts'
import { mayBeOverwritten } from './sequences.ts'
import { standingOf } from './standing.ts'
import { untilFound } from './until.ts'

/** Clears what Patroni keeps in etcd of the old data, by which it would hold the recovered data for behind and never let it lead. */
export async function clearDcs(context: RestoreContext): Promise<StepOutcome> {
  const cleared = await clear(context, [])
  return (
    cleared ?? { kind: 'done', detail: 'etcd keeps the configuration and the system identifier, and nothing else.' }
  )
}

/** Takes away what the recovered node has written there, and puts back what there was, in the same transaction. */
export async function restoreDcs(context: RestoreContext): Promise<StepOutcome> {
  const { facts, operation, ended } = context
  const { plan } = operation
  const isOfReplica = mayBeOverwritten(plan, standingOf({ plan, facts, ended }).begun)
  const keys = facts.restoreBefore?.keys ?? []
  const put = keys.filter(({ name }) => (isOfReplica ? ofAll : back).has(name))
  const cleared = await clear(context, put)
  return cleared ?? { kind: 'done', detail: 'etcd says what it said before, but for who leads.' }
}

/** What outlives a leader. `failsafe` and `failover` are of one moment. */
const back: ReadonlySet<string> = new Set(['status', 'optime/leader', 'history', 'sync'])

/** A replica that leads instead may be behind what is said of the old leader, or no synchronous one: held to that it would never lead. */
const ofAll: ReadonlySet<string> = new Set(['history'])

async function clear(
  context: RestoreContext,
  put: { name: string; value: string }[],
): Promise<Exclude<StepOutcome, { kind: 'done' }> | null> {
  const { cluster, facts, signal } = context
  const { dcs } = cluster
  const before = facts.restoreBefore
  if (dcs === null || before === undefined) return { kind: 'failed', detail: 'The console reaches no etcd.' }
  const { systemIdentifier, ttlSeconds } = before
  const done = await untilFound(
    context,
    { what: 'etcd has cleared the keys', withinMs: ttlSeconds * 1000 + 15_000 },
    async () => {
      await context.fence()
      const reply = await dcs.clear({ systemIdentifier, put }, signal)
      if (reply.kind === 'cleared') return { found: true }
      if (reply.leader !== null) return { not: `${reply.leader} holds the leader key, so nothing was cleared.` }
      const other = reply.systemIdentifier ?? 'none'
      return {
        not: `The keys there are of another cluster (system identifier ${other} instead of ${systemIdentifier}), so nothing was cleared.`,
      }
    },
  )
  return 'found' in done ? null : done
}
