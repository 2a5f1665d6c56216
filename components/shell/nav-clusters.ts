import type { FleetRow } from '#domain/view.ts'

const room = 24

/** The clusters the menu has room for, by name: all, or the open one and those that need a look. */
export function navClusters(rows: readonly FleetRow[], open: string | null): { shown: FleetRow[]; isAll: boolean } {
  const byName = rows.toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
  if (byName.length <= room) return { shown: byName, isAll: true }
  const needy = byName.filter((row) => row.level !== 'healthy' && row.name !== open)
  const kept = new Set([...byName.filter((row) => row.name === open), ...needy].slice(0, room))
  return { shown: byName.filter((row) => kept.has(row)), isAll: false }
}
