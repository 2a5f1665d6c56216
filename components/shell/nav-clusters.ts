import { compareNames } from '#components/fleet/order-rows.ts'
import type { FleetRow } from '#domain/fleet/view.ts'

type NavRow = Pick<FleetRow, 'clusterId' | 'name' | 'level'>

const room = 24

/** The clusters the menu has room for, by name: all, or the open one and those that need a look. */
export function navClusters(rows: readonly NavRow[], open: string | null): { shown: NavRow[]; isAll: boolean } {
  if (rows.length <= room) return { shown: byName(rows), isAll: true }
  const needy = byName(rows.filter((row) => row.level !== 'healthy' && row.name !== open))
  const kept = [...rows.filter((row) => row.name === open), ...needy].slice(0, room)
  return { shown: byName(kept), isAll: false }
}

function byName(rows: readonly NavRow[]): NavRow[] {
  return rows.toSorted((one, other) => compareNames(one.name, other.name))
}
