import type { Concern } from '../concern.ts'

/** Of the cluster that is named, also of one that is gone for whoever may read everything. */
export function auditOfCluster(otherwise: 'anywhere' | 'everywhere'): Concern {
  return { of: 'cluster', field: 'cluster', otherwise, isKeptWhenGone: true }
}
