import { formatDuration } from '#domain/format.ts'
import { endOf, overWords, type MaintenanceWindow } from '#domain/maintenance/window.ts'
import { count } from '#domain/words.ts'

/** How it stands with planned work, in a sentence. */
export function windowsSentence(
  going: readonly MaintenanceWindow[],
  coming: readonly MaintenanceWindow[],
  now: Date,
): string {
  const [first] = going
  if (first && going.length === 1)
    return `Maintenance on ${overWords(first)} ends in ${formatDuration(endOf(first).getTime() - now.getTime())}.`
  if (first) return `${count(going.length, 'maintenance window')} go on.`
  if (coming.length > 0) return `No maintenance goes on; ${count(coming.length, 'window')} to come.`
  return 'No maintenance goes on.'
}
