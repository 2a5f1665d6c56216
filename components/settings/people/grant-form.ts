import type { WrittenGrant } from '#domain/people/grant-text.ts'
import { isRole } from '#domain/people/permission.ts'

/** A right as it is being put together. */
export interface GrantForm {
  role: string
  kind: string
  /** Name of the cluster, or the label. */
  place: string
}

export const emptyGrant: GrantForm = { role: 'viewer', kind: 'all', place: '' }

/** What a form says, or null while something is missing. */
export function grantIn({ role, kind, place }: GrantForm): WrittenGrant | null {
  if (!isRole(role)) return null
  const text = place.trim()
  if (kind === 'all') return { role, scope: { kind } }
  if (text === '') return null
  return { role, scope: kind === 'cluster' ? { kind: 'cluster', cluster: text } : { kind: 'label', label: text } }
}

/** What several say; null while something is missing of one. */
export function grantsIn(forms: readonly GrantForm[]): WrittenGrant[] | null {
  const grants = forms.map(grantIn)
  return grants.every((grant) => grant !== null) ? grants : null
}
