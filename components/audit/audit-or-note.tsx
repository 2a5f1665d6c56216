'use client'

import { useMay } from '#components/session/session-context.tsx'
import { ReadOnlyNote } from '#components/settings/read-only-note.tsx'
import { AuditView } from './audit-view.tsx'

/** The audit log for whoever may read it, and for others who may. */
export function AuditOrNote() {
  if (useMay('audit.read')) return <AuditView />
  return <ReadOnlyNote>Who has the role auditor or admin reads what was done, by whom and why.</ReadOnlyNote>
}
