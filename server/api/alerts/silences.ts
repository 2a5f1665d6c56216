import type { Silence } from '#domain/alerts/alert.ts'
import { AppError } from '#server/errors.ts'
import { endSilence, findSilence, insertSilence, openSilences } from '#server/store/alerts/silences.ts'
import { tellAlerts } from '#server/store/alerts/tell.ts'
import type { Store } from '#server/store/open.ts'
import { needCluster } from '../clusters/need.ts'
import type { ClusterIds } from '../readable.ts'
import type { CommandContext } from '../trpc.ts'

interface Asked {
  cluster?: string | undefined
  rule?: string | undefined
  subject?: string | undefined
  endsAt: Date
  reason: string
}

/** Silences that have not ended; with a cluster, those that concern it. */
export async function listSilences(store: Store, name: string | undefined, clusterIds: ClusterIds): Promise<Silence[]> {
  return openSilences(store.pool, name === undefined ? null : (await needCluster(store, name)).id, clusterIds)
}

/** Holds back what is told of some alerts until then; they are found and kept all the same. */
export async function createSilence(
  { act, services: { store } }: CommandContext,
  { cluster: name, rule, subject, endsAt, reason }: Asked,
): Promise<Silence> {
  const cluster = name === undefined ? null : await needCluster(store, name)
  const target = [cluster?.name ?? 'all clusters', rule, subject].filter((part) => part !== undefined).join('/')
  act.on({ target, cluster, reason, detail: { rule: rule ?? null, subject: subject ?? null, endsAt } })
  return act.commit(async (tx) => {
    const silence = await insertSilence(tx, {
      clusterId: cluster?.id ?? null,
      ruleId: rule ?? null,
      subject: subject ?? null,
      reason,
      createdBy: act.actor.name,
      endsAt,
    })
    await tellAlerts(tx, silence.clusterId)
    return silence
  })
}

/** Ends a silence before its time. Throws AppError `not-found`, or `conflict` where it has ended. */
export async function endSilenceOf({ act }: CommandContext, id: string): Promise<Silence> {
  act.on({ target: id, cluster: null, reason: null })
  return act.commit(async (tx) => {
    const silence = await findSilence(tx, id)
    if (!silence) throw new AppError('not-found', 'There is no such silence.')
    act.on({ target: id, cluster: null, reason: silence.reason, detail: { silence } })
    if (!(await endSilence(tx, id))) throw new AppError('conflict', 'This silence has ended already.')
    await tellAlerts(tx, silence.clusterId)
    return (await findSilence(tx, id)) ?? silence
  })
}
