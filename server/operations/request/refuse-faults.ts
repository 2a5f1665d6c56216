import type { ClusterConfig } from '#domain/fleet/cluster.ts'
import { reasonFault } from '#domain/reason.ts'
import { AppError, type FieldError } from '#server/errors.ts'

/** What is wrong with the reason of a request. */
export function reasonFaults(reason: string): FieldError[] {
  const fault = reasonFault(reason)
  return fault === null ? [] : [{ field: 'reason', sentence: fault }]
}

/** What is wrong with the cluster's name as it was typed to confirm a request. */
export function nameFaults(typed: string | null, cluster: Pick<ClusterConfig, 'name'>, what = ''): FieldError[] {
  if (typed === cluster.name) return []
  return [{ field: 'confirmName', sentence: `Type the name of the cluster, ${cluster.name}, to confirm${what}.` }]
}

/** Throws AppError `invalid` by field where anything is wrong. */
export function refuseFaults(fields: FieldError[]): void {
  if (fields.length === 0) return
  throw new AppError('invalid', fields.map(({ sentence }) => sentence).join(' '), { fields })
}
