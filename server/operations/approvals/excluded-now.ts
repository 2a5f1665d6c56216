import type pg from 'pg'
import { verbOf } from '#domain/operation/operation-words.ts'
import type { Operation, OperationKind } from '#domain/operation/operation.ts'
import { readActiveOperation, readActiveOperations } from '#server/store/operations.ts'
import { holdLanes } from '../engine/hold-lanes.ts'

/** What of another lane must not be under way when a request is let go ahead: the same as when it was asked for, looked at again. Null = nothing is. */
export async function excludedNow(tx: pg.PoolClient, { kind, clusterId }: Operation): Promise<string | null> {
  await holdLanes(tx, clusterId)
  if (kind === 'remove-cluster') {
    const [other] = await readActiveOperations(tx, clusterId)
    return other ? sentenceOf(other) : null
  }
  if (kind === 'restore') {
    const chore = await readActiveOperation(tx, clusterId, 'backup')
    if (chore && changesBackups.has(chore.kind)) return sentenceOf(chore)
    const copying = await readActiveOperation(tx, clusterId, 'replica')
    return copying && sentenceOf(copying)
  }
  const lead = await readActiveOperation(tx, clusterId, 'lead')
  if (lead === null || (lead.kind !== 'restore' && !waitsForLead.has(kind))) return null
  return asIs.has(kind) ? null : sentenceOf(lead)
}

const changesBackups: ReadonlySet<OperationKind> = new Set(['repository-expire', 'stanza-create'])

/** What does not go with any move of the lead. */
const waitsForLead: ReadonlySet<OperationKind> = new Set(['pooler-pause', 'reinitialise'])

/** What a recovery does not mind. */
const asIs: ReadonlySet<OperationKind> = new Set(['signal-backend', 'haproxy-command'])

function sentenceOf({ requestedBy, kind, clusterName, reason }: Operation): string {
  return `${requestedBy.name} is ${verbOf(kind)} on ${clusterName}: "${reason}". Run this when that has ended.`
}
