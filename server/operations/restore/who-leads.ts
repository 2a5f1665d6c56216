import { AppError } from '#server/errors.ts'
import type { RestoreContext } from './context.ts'
import { standingOf } from './standing.ts'

/** The holder of the leader key; null = nobody, or etcd is not reached by the console. Throws AppError where etcd does not answer. */
export async function leaderInEtcd({ cluster, signal }: Pick<RestoreContext, 'cluster' | 'signal'>) {
  const keys = (await cluster.dcs?.list(signal)) ?? []
  return keys.find(({ name }) => name === 'leader')?.value ?? null
}

/** Who leads the cluster that comes back. Where the leader was not stopped, the lead stays where it is: it may have moved since the plan was made. */
export async function leaderOnReturn(context: RestoreContext): Promise<string> {
  const { operation, facts, ended } = context
  const { plan } = operation
  const known = facts.restore?.returnedTo
  if (known !== undefined) return known
  if (standingOf({ plan, facts, ended }).begun.has('stop-leader')) return plan.leader
  const leader = await leaderInEtcd(context).catch((error: unknown) => {
    if (error instanceof AppError && error.code !== 'internal') return null
    throw error
  })
  return leader ?? plan.leader
}
