import type { ClusterScope } from '#domain/people/grant.ts'
import { AppError } from '#server/errors.ts'
import { findIncident } from '#server/store/alerts/incidents.ts'
import { findSilence } from '#server/store/alerts/silences.ts'
import { clusterScopeOf, findClusterScope } from '#server/store/cluster-scope.ts'
import { findWindow } from '#server/store/maintenance/windows.ts'
import type { Store } from '#server/store/open.ts'
import { findClusterOfOperation } from '#server/store/operations.ts'
import { findAudit } from '#server/audit/list.ts'

/**
 * Of what a procedure is: of whoever asks, of all clusters they may read, of the console as a whole, or of the cluster
 * that a field of its input leads to. Where that field is left out, `otherwise` says of what it is then.
 */
export type Concern =
  | 'self'
  | 'anywhere'
  | 'everywhere'
  | { of: 'cluster'; field: string; otherwise?: 'anywhere' | 'everywhere'; orLabel?: string; isKeptWhenGone?: true }
  | { of: 'operation' | 'incident' | 'silence' | 'record' | 'window'; field: string }

/** Of the cluster that a field names. */
export function clusterIn(field = 'cluster'): Concern {
  return { of: 'cluster', field }
}

/** Of the cluster that a field names, or without it of all that may be read. */
export const clusterOrAll: Concern = { of: 'cluster', field: 'cluster', otherwise: 'anywhere' }

/** Of the cluster that an operation is on. */
export function operationIn(field = 'id'): Concern {
  return { of: 'operation', field }
}

/** The place found, and the sentence for whoever may not know of it. */
export interface Place {
  where: ClusterScope | 'anywhere' | 'everywhere'
  unknown: string
}

/** Finds the place that an input concerns; null where what it names is not there. Throws AppError `invalid` for what names nothing. */
export async function findPlace(store: Store, concern: Concern, input: unknown): Promise<Place> {
  if (concern === 'self' || concern === 'anywhere') return { where: 'anywhere', unknown: '' }
  if (concern === 'everywhere') return { where: 'everywhere', unknown: '' }
  const value = fieldOf(input, concern.field)
  if (concern.of === 'cluster') {
    if (value === undefined || value === null) {
      const label = concern.orLabel === undefined ? undefined : fieldOf(input, concern.orLabel)
      if (typeof label === 'string') return { where: ofLabel(label), unknown: '' }
      if (concern.otherwise === undefined) throw misnamed(concern.field, 'Is missing.')
      return { where: concern.otherwise, unknown: '' }
    }
    const name = textIn(concern.field, value)
    const unknown = `No cluster named ${name} is registered.`
    const where = await findClusterScope(store.pool, name)
    if (where) return { where, unknown }
    if (concern.isKeptWhenGone) return { where: goneCluster, unknown }
    throw new AppError('not-found', unknown)
  }
  return findThing(store, concern, value)
}

/**
 * The cluster that a refused request led to, for the audit log alone: whoever asked may not learn that it is there. Null where it led to none, or
 * to one that is gone.
 */
export async function clusterNamedBy(
  store: Store,
  concern: Concern,
  input: unknown,
): Promise<{ id: string; name: string } | null> {
  const place = await findPlace(store, concern, input).catch((error: unknown) => {
    if (error instanceof AppError && (error.code === 'not-found' || error.code === 'invalid')) return null
    throw error
  })
  if (place === null || typeof place.where === 'string' || place.where.id === '') return null
  const { rows } = await store.pool.query<{ id: string; name: string }>('select id, name from cluster where id = $1', [
    place.where.id,
  ])
  return rows[0] ?? null
}

/** Whoever has a right at a label has it at all that carries it. */
function ofLabel(label: string): ClusterScope {
  return { id: '', labels: [label] }
}

// What is left of a cluster that is gone is for whoever may read everything.
const goneCluster: ClusterScope = { id: '', labels: [] }

async function findThing(
  store: Store,
  { of, field }: Exclude<Concern, string | { of: 'cluster' }>,
  value: unknown,
): Promise<Place> {
  switch (of) {
    case 'operation': {
      const id = uuidIn(field, value)
      const unknown = `There is no operation ${id}.`
      return placeOf(store, await findClusterOfOperation(store.pool, id), unknown)
    }
    case 'incident': {
      const number = numberIn(field, value)
      const incident = await findIncident(store.pool, number)
      return placeOf(store, incident && { clusterId: incident.clusterId }, `There is no incident ${number}.`)
    }
    case 'silence': {
      const silence = await findSilence(store.pool, uuidIn(field, value))
      return placeOf(store, silence && { clusterId: silence.clusterId }, 'There is no such silence.')
    }
    case 'window': {
      const window = await findWindow(store.pool, uuidIn(field, value))
      const unknown = 'There is no such maintenance window.'
      if (window?.label) return { where: ofLabel(window.label), unknown }
      return placeOf(store, window && { clusterId: window.clusterId }, unknown)
    }
    case 'record': {
      const seq = numberIn(field, value)
      const record = await findAudit(store, seq)
      return placeOf(store, record && { clusterId: record.clusterId }, `The audit log has no record ${seq}.`)
    }
  }
}

/** What is of no cluster is of the console as a whole. */
async function placeOf(store: Store, found: { clusterId: string | null } | null, unknown: string): Promise<Place> {
  if (!found) throw new AppError('not-found', unknown)
  if (found.clusterId === null) return { where: 'everywhere', unknown }
  return { where: await clusterScopeOf(store.pool, found.clusterId), unknown }
}

function fieldOf(input: unknown, field: string): unknown {
  return typeof input === 'object' && input !== null ? Reflect.get(input, field) : undefined
}

function textIn(field: string, value: unknown): string {
  if (typeof value !== 'string') throw misnamed(field, 'Must be a text.')
  if (value === '') throw misnamed(field, 'Is empty.')
  if (value.length > 200) throw misnamed(field, 'Is too long.')
  return value
}

function uuidIn(field: string, value: unknown): string {
  if (value === undefined) throw misnamed(field, 'Is missing.')
  if (typeof value === 'string' && uuid.test(value)) return value
  throw misnamed(field, 'Is no identifier of this console.')
}

function numberIn(field: string, value: unknown): number {
  if (value === undefined) throw misnamed(field, 'Is missing.')
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 2_147_483_647) return value
  throw misnamed(field, 'Must be a number.')
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function misnamed(field: string, sentence: string): AppError {
  return new AppError('invalid', `Not accepted: look at ${field}.`, { fields: [{ field, sentence }] })
}
