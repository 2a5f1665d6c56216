import type { AuditRecord } from '#domain/fleet/view.ts'
import { findAudit } from '#server/audit/list.ts'
import { AppError } from '#server/errors.ts'
import type { Store } from '#server/store/open.ts'

/** One audit record; throws AppError `not-found`. */
export async function needAuditRecord(store: Store, seq: number): Promise<AuditRecord> {
  const record = await findAudit(store, seq)
  if (!record) throw new AppError('not-found', `The audit log has no record ${seq}.`)
  return record
}
