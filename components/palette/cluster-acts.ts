import { paths } from '#components/paths.ts'
import type { Capability } from '#domain/operation/capability.ts'
import type { Grant } from '#domain/people/grant.ts'
import { isAllowed, type Permission } from '#domain/people/permission.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import type { PaletteEntry } from './entries.ts'

interface Given {
  rows: readonly FleetRow[]
  grants: readonly Grant[]
  /** What is known to be possible with a cluster now; null where no page of it was looked at lately. */
  canOf: (name: string) => readonly Capability[] | null
  go: (href: string) => void
}

/** What can be done with each cluster from wherever one is: the entry leads to the page on which it is done. */
export function clusterActs({ rows, grants, canOf, go }: Given): PaletteEntry[] {
  const entry = (label: string, href: string, reason: string | null = null): PaletteEntry => ({
    id: `act ${label}`,
    label,
    note: reason ?? 'act',
    isDisabled: reason !== null,
    run: () => go(href),
  })
  const may = ({ clusterId: id, labels }: FleetRow, permission: Permission) =>
    isAllowed(grants, permission, { id, labels })
  const moves = (row: FleetRow): PaletteEntry[] => {
    if (!may(row, 'switchover.request')) return []
    const { name } = row
    const can = canOf(name)
    return acts.map(({ act, label }) => {
      const known = can?.find((capability) => capability.act === act)
      const reason = known && !known.isEnabled ? (known.reason ?? 'not possible now') : null
      return entry(`${label} ${name}`, paths.cluster(name, act), reason)
    })
  }
  const recover = (row: FleetRow, { name } = row): PaletteEntry[] => [
    ...(may(row, 'restore.request') ? [entry(`Recover ${name} to an earlier moment`, paths.restore(name))] : []),
    ...(may(row, 'rehearsal.request')
      ? [entry(`Rehearse a recovery of ${name}`, paths.clusterBackups(name, 'rehearse'))]
      : []),
    ...(may(row, 'backup.request') ? [entry(`Back up ${name}`, paths.clusterBackups(name, 'back-up'))] : []),
  ]
  const copy = (row: FleetRow, { name } = row): PaletteEntry[] =>
    may(row, 'replica.reinitialise')
      ? [entry(`Reinitialise a replica of ${name}`, paths.cluster(name, 'reinitialise'))]
      : []
  const stop = (row: FleetRow, { name, activeOperation } = row): PaletteEntry[] =>
    activeOperation && may(row, 'operations.cancel')
      ? [entry(`Stop the operation on ${name}`, paths.operation(activeOperation.id, 'stop'))]
      : []
  const keep = (row: FleetRow, { name } = row): PaletteEntry[] =>
    may(row, 'clusters.manage')
      ? [entry(`Change ${name}`, paths.changeCluster(name)), entry(`Remove ${name}`, paths.removeCluster(name))]
      : []
  const work = (row: FleetRow, { name } = row): PaletteEntry[] =>
    may(row, 'maintenance.manage') ? [entry(`Begin maintenance on ${name}`, paths.maintenance(name))] : []
  return rows.flatMap((row) => [...moves(row), ...recover(row), ...copy(row), ...stop(row), ...work(row), ...keep(row)])
}

const acts = [
  { act: 'switchover', label: 'Switch over' },
  { act: 'failover', label: 'Fail over' },
  { act: 'schedule-switchover', label: 'Schedule switchover of' },
  { act: 'cancel-scheduled-switchover', label: 'Cancel scheduled switchover of' },
] as const satisfies readonly { act: Capability['act']; label: string }[]
