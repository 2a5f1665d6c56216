import type pg from 'pg'
import type { ApprovalPolicy } from '#domain/approvals/policy.ts'
import { weakenedSentence } from '#domain/approvals/weakened.ts'
import { covers, type ClusterScope, type Scope } from '#domain/people/grant.ts'
import { tellEvents } from '#server/store/tell-events.ts'
import { notify } from '#server/store/notify.ts'
import { proposedOperations } from '#server/store/operations.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { readRequest } from './read-request.ts'

/** By cluster, the requests on it that lack an approval. */
export type Lacking = ReadonlyMap<string, ReadonlySet<string>>

/** The requests that lack an approval as the policies stand, on clusters that a policy is for; to be read before it is changed, and after. */
export async function lackingIn(on: Queryable, scope: Scope): Promise<Lacking> {
  const lacking = new Map<string, Set<string>>()
  for (const cluster of await clustersIn(on, scope)) {
    const open = new Set<string>()
    for (const operation of await proposedOperations(on, [cluster.id])) {
      const request = await readRequest(on, operation, new Date())
      if (request?.standing.kind === 'open') open.add(operation.id)
    }
    lacking.set(cluster.id, open)
  }
  return lacking
}

/**
 * Tells on each cluster that a policy asks less of it than before, in the transaction that changed it: whoever takes a policy away could do alone what it
 * was there for. Returns what was told.
 */
export async function tellWeakened(
  tx: pg.PoolClient,
  {
    who,
    before,
    after,
    lacked,
  }: { who: string; before: ApprovalPolicy; after: ApprovalPolicy | null; lacked: Lacking },
): Promise<string[]> {
  const lacks = await lackingIn(tx, before.scope)
  const told: string[] = []
  for (const cluster of await clustersIn(tx, before.scope)) {
    const open = lacks.get(cluster.id)
    const frees = [...(lacked.get(cluster.id) ?? [])].filter((id) => open?.has(id) !== true).length
    const sentence = weakenedSentence({ who, before, after, cluster, frees })
    if (sentence === null) continue
    const { id: clusterId, name: clusterName } = cluster
    await tellEvents(tx, { clusterId, clusterName }, [
      {
        kind: 'policy-weakened',
        at: new Date(),
        member: null,
        severity: 'critical',
        sentence,
        from: null,
        to: null,
        sources: ['console'],
      },
    ])
    await notify(tx, { kind: 'alerts', clusterId })
    told.push(sentence)
  }
  return told
}

async function clustersIn(on: Queryable, scope: Scope): Promise<(ClusterScope & { name: string })[]> {
  const { rows } = await on.query<ClusterScope & { name: string }>('select id, name, labels from cluster order by id')
  return rows.filter((cluster) => covers(scope, cluster))
}
