import { paths } from '#components/paths.ts'
import type { Capability } from '#domain/capability.ts'
import { isAllowed, type Role } from '#domain/permission.ts'
import type { FleetRow } from '#domain/view.ts'
import type { PaletteEntry } from './entries.ts'

interface Given {
  rows: readonly FleetRow[]
  role: Role
  /** What is known to be possible with a cluster now; null where no page of it was looked at lately. */
  canOf: (name: string) => readonly Capability[] | null
  go: (href: string) => void
}

/** What can be done with each cluster from wherever one is: the entry leads to the page on which it is done. */
export function clusterActs({ rows, role, canOf, go }: Given): PaletteEntry[] {
  const entry = (label: string, href: string, reason: string | null = null): PaletteEntry => ({
    id: `act ${label}`,
    label,
    note: reason ?? 'act',
    isDisabled: reason !== null,
    run: () => go(href),
  })
  const moves = ({ name }: FleetRow): PaletteEntry[] => {
    if (!isAllowed(role, 'switchover.request')) return []
    const can = canOf(name)
    return acts.map(({ act, label }) => {
      const known = can?.find((capability) => capability.act === act)
      const reason = known && !known.isEnabled ? (known.reason ?? 'not possible now') : null
      return entry(`${label} ${name}`, paths.cluster(name, act), reason)
    })
  }
  const recover = ({ name }: FleetRow): PaletteEntry[] => [
    ...(isAllowed(role, 'restore.request') ? [entry(`Recover ${name} to an earlier moment`, paths.restore(name))] : []),
    ...(isAllowed(role, 'rehearsal.request')
      ? [entry(`Rehearse a recovery of ${name}`, paths.clusterBackups(name, 'rehearse'))]
      : []),
    ...(isAllowed(role, 'backup.request') ? [entry(`Back up ${name}`, paths.clusterBackups(name, 'back-up'))] : []),
  ]
  const stop = ({ name, activeOperation }: FleetRow): PaletteEntry[] =>
    activeOperation && isAllowed(role, 'operations.cancel')
      ? [entry(`Stop the operation on ${name}`, paths.operation(activeOperation.id, 'stop'))]
      : []
  const keep = ({ name }: FleetRow): PaletteEntry[] =>
    isAllowed(role, 'clusters.manage')
      ? [entry(`Change ${name}`, paths.changeCluster(name)), entry(`Remove ${name}`, paths.removeCluster(name))]
      : []
  const work = ({ name }: FleetRow): PaletteEntry[] =>
    isAllowed(role, 'maintenance.manage') ? [entry(`Begin maintenance on ${name}`, paths.maintenance(name))] : []
  return rows.flatMap((row) => [...moves(row), ...recover(row), ...stop(row), ...work(row), ...keep(row)])
}

const acts = [
  { act: 'switchover', label: 'Switch over' },
  { act: 'schedule-switchover', label: 'Schedule switchover of' },
  { act: 'cancel-scheduled-switchover', label: 'Cancel scheduled switchover of' },
] as const satisfies readonly { act: Capability['act']; label: string }[]
