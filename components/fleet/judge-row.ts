import { formatAge } from '#domain/format.ts'
import { isStale } from '#domain/staleness.ts'
import { verdictOrder } from '#domain/verdict.ts'
import type { FleetRow } from '#domain/view.ts'

/** How old a row may be: a collector with many clusters tells of each a little less often than it looks. */
const rowIntervalMs = 5000

/** The row as it may be shown at `now`: what was not looked at lately is unseen, whatever it was before. */
export function judgeRow(row: FleetRow, now: Date): FleetRow {
  if (row.seenAt === null) return { ...row, level: 'unseen', sentence: 'The console has not looked at it yet.' }
  if (!isStale(row.seenAt, now, rowIntervalMs)) return row
  return { ...row, level: 'unseen', sentence: `Not looked at for ${formatAge(row.seenAt, now)}. Then: ${row.sentence}` }
}

/** Worst first; equals by name, numbers in them as numbers. */
export function worstFirst(rows: readonly FleetRow[]): FleetRow[] {
  return rows.toSorted(
    (one, other) =>
      verdictOrder.indexOf(one.level) - verdictOrder.indexOf(other.level) || byName.compare(one.name, other.name),
  )
}

/** True when every word of the search is found in the row's name, labels, leader, members or sentence. */
export function matchesSearch(row: FleetRow, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/u).filter(Boolean)
  if (words.length === 0) return true
  const text = [
    row.name,
    ...row.labels,
    row.leader,
    row.level,
    row.sentence,
    ...row.members.map((member) => member.name),
  ]
    .join(' ')
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

const byName = new Intl.Collator('en', { numeric: true })
