import { fromJson } from '#domain/json.ts'
import type { OperationResult, OperationState } from '#domain/operation/operation.ts'
import type { RehearsalSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import { rehearsalSeenOf } from '#domain/rehearsal/rehearsal-seen.ts'
import type { Store } from './open.ts'

/** What a cluster's ended rehearsals say of its backups, newest first, of the last twenty. */
export async function rehearsalsSeen(store: Store, clusterId: string): Promise<RehearsalSeen[]> {
  const { rows } = await store.pool.query<{
    state: OperationState
    ended_at: Date
    outcome: string | null
    result: unknown
  }>(
    `select state, ended_at, outcome, result from operation
      where cluster_id = $1 and kind = 'rehearsal' and ended_at is not null
      order by ended_at desc limit 20`,
    [clusterId],
  )
  return rows.flatMap(({ state, ended_at: endedAt, outcome, result }) => {
    const told = result === null ? null : fromJson<OperationResult>(result)
    return rehearsalSeenOf({ state, endedAt, outcome, result: told }) ?? []
  })
}
