import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'

/** The moment that an address names as the one that was touched; null where it names none. */
export function touchedIn(query: URLSearchParams): RecoveryTarget | null {
  const at = new Date(query.get('at') ?? '')
  if (Number.isNaN(at.getTime())) return null
  const timeline = Number(query.get('timeline') ?? '')
  return { type: 'time', at, timeline: Number.isInteger(timeline) && timeline > 0 ? timeline : null }
}
