import { rehearsalReport } from '#domain/rehearsal/rehearsal-report.ts'
import { restoreReport } from '#domain/recovery/restore-report.ts'
import { AppError } from '#server/errors.ts'
import type { Store } from '#server/store/open.ts'
import { needOperation } from '../pages/operations.ts'

/** An operation written down as Markdown with the name of a file for it; throws AppError `not-found`, and `refused` where there is nothing to report. */
export async function reportOperation(store: Store, id: string): Promise<{ name: string; markdown: string }> {
  const operation = await needOperation(store, id)
  const { kind, clusterName, requestedAt } = operation
  const name = `${kind}-${clusterName}-${requestedAt.toISOString().slice(0, 16).replaceAll(':', '')}Z.md`
  if (kind === 'restore') return { name, markdown: restoreReport(operation) }
  if (kind === 'rehearsal') return { name, markdown: rehearsalReport(operation) }
  throw new AppError('refused', `A report is written of recoveries and rehearsals; this operation is another: ${kind}.`)
}
