import { paths } from '#components/paths.ts'
import { isAllowed, type Role } from '#domain/permission.ts'
import type { FleetRow } from '#domain/view.ts'
import type { PageAct } from './page-acts.ts'

/** One thing the palette finds. */
export interface PaletteEntry {
  id: string
  label: string
  /** What kind of thing it is, or why it cannot be done now. */
  note: string
  isDisabled: boolean
  run: () => void
}

export interface PaletteGroup {
  label: string
  items: PaletteEntry[]
}

interface Given {
  rows: readonly FleetRow[]
  acts: readonly PageAct[]
  role: Role
  /** The open cluster. */
  cluster: string | null
  go: (href: string) => void
  own: readonly { label: string; run: () => void }[]
}

/** Everything that can be gone to or done from here: acts of the page first, then pages, then clusters. */
export function paletteGroups({ rows, acts, role, cluster, go, own }: Given): PaletteGroup[] {
  const page = (label: string, href: string, note = 'page'): PaletteEntry => ({
    id: `${label} ${href}`,
    label,
    note,
    isDisabled: false,
    run: () => go(href),
  })
  const ofCluster =
    cluster === null
      ? []
      : [
          page(`${cluster}: overview`, paths.cluster(cluster)),
          page(`${cluster}: events`, paths.clusterEvents(cluster)),
          page(`${cluster}: operations`, paths.clusterOperations(cluster)),
        ]
  const groups: PaletteGroup[] = [
    {
      label: 'Acts',
      items: acts.map((act) => ({
        id: `act ${act.label}`,
        label: act.label,
        note: act.reason ?? 'act',
        isDisabled: act.reason !== null,
        run: act.run,
      })),
    },
    {
      label: 'Pages',
      items: [
        ...ofCluster,
        page('Fleet', paths.fleet()),
        page('Events', paths.events()),
        page('Audit', paths.audit()),
        ...(isAllowed(role, 'clusters.manage') ? [page('Settings: clusters', paths.clusterSettings())] : []),
        ...(isAllowed(role, 'users.manage') ? [page('Settings: users', paths.userSettings())] : []),
        page('Settings: account', paths.account()),
      ],
    },
    { label: 'Clusters', items: rows.map((row) => page(row.name, paths.cluster(row.name), row.sentence)) },
    {
      label: 'This browser',
      items: own.map(({ label, run }) => ({ id: `own ${label}`, label, note: '', isDisabled: false, run })),
    },
  ]
  return groups.filter((group) => group.items.length > 0)
}
