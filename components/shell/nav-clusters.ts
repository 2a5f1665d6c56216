import type { FleetRow } from '#domain/view.ts'

const room = 24

/** The clusters the menu has room for, by name: all, or the open one and those that need a look. */
export function navClusters(rows: readonly FleetRow[], path: string): { shown: FleetRow[]; isAll: boolean } {
  const byName = rows.toSorted((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }))
  if (byName.length <= room) return { shown: byName, isAll: true }
  const open = decodeURIComponent(/^\/clusters\/([^/]+)/.exec(path)?.[1] ?? '')
  const shown = byName.filter((row) => row.level !== 'healthy' || row.name === open)
  return { shown: shown.slice(0, room), isAll: false }
}
