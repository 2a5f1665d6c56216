import { formatAge } from '#domain/format.ts'
import { isStale } from '#domain/snapshot/staleness.ts'
import type { FleetRow } from './view.ts'

/** A row as it may be shown at one moment. */
export interface AgedRow extends FleetRow {
  /** False where the row is too old to speak of now. */
  isCurrent: boolean
}

/** What was not looked at for three intervals is unseen, whatever it was: old is never green. */
export function ageRow(row: FleetRow, now: Date): AgedRow {
  if (!isStale(row.seenAt, now)) return currentOf(row)
  if (row.seenAt === null) return { ...row, level: 'unseen', isCurrent: false }
  const sentence = `Not seen for ${formatAge(row.seenAt, now)}. Then: ${row.sentence}`
  return { ...row, level: 'unseen', sentence, isCurrent: false }
}

/** The same object for the same row, so that what shows it knows that nothing changed. */
function currentOf(row: FleetRow): AgedRow {
  const known = current.get(row)
  if (known) return known
  const made = { ...row, isCurrent: true }
  current.set(row, made)
  return made
}

const current = new WeakMap<FleetRow, AgedRow>()
