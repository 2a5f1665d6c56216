import type { AgedRow } from '#domain/fleet/aged-row.ts'
import { compareNames } from './order-rows.ts'

/** One line of the list: a cluster, or the heading of a group. */
export type FleetLine =
  | { kind: 'row'; key: string; row: AgedRow }
  | { kind: 'group'; key: string; label: string; size: number }

/** The lines of the list; by label, a cluster with two labels stands under both, and the group with the worst row comes first. */
export function fleetLines(ordered: readonly AgedRow[], isByLabel: boolean): FleetLine[] {
  if (!isByLabel) return ordered.map((row) => ({ kind: 'row', key: row.clusterId, row }))
  return groupsOf(ordered).flatMap(({ label, rows }) => [
    { kind: 'group' as const, key: `label ${label}`, label: label === '' ? noLabel : label, size: rows.length },
    ...rows.map((row) => ({ kind: 'row' as const, key: `${label} ${row.clusterId}`, row })),
  ])
}

const noLabel = 'Without a label'

interface Group {
  label: string
  rows: AgedRow[]
  /** Place of its worst row in the whole list. */
  first: number
}

function groupsOf(ordered: readonly AgedRow[]): Group[] {
  const groups = new Map<string, Group>()
  for (const [place, row] of ordered.entries()) {
    for (const label of row.labels.length === 0 ? [''] : row.labels) {
      const group = groups.get(label)
      if (group) group.rows.push(row)
      else groups.set(label, { label, rows: [row], first: place })
    }
  }
  return [...groups.values()].toSorted((one, other) => one.first - other.first || compareNames(one.label, other.label))
}
