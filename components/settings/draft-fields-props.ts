import type { ClusterEndpoints } from '#domain/fleet/cluster.ts'
import type { DraftErrors } from './draft-errors.ts'
import type { DraftForm } from './draft-form.ts'

/** What the fields of a cluster's form are given. */
export interface DraftFieldsProps {
  form: DraftForm
  onChange: (change: Partial<DraftForm>) => void
  errors: DraftErrors['fields']
  /** What is registered, where a cluster is changed. */
  known: ClusterEndpoints | null
}
