import { paths } from '#components/paths.ts'
import type { Capability } from '#domain/operation/capability.ts'
import type { Grant } from '#domain/people/grant.ts'
import { isAllowed, type Permission, type Where } from '#domain/people/permission.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { clusterActs } from './cluster-acts.ts'
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
  grants: readonly Grant[]
  /** The open cluster. */
  cluster: string | null
  go: (href: string) => void
  own: readonly { label: string; run: () => void }[]
  canOf: (name: string) => readonly Capability[] | null
}

/** Everything that can be gone to or done: acts of the page first, then pages, then clusters and what can be done with each. */
export function paletteGroups({ rows, acts, grants, cluster, go, own, canOf }: Given): PaletteGroup[] {
  const page = (label: string, href: string, note = 'page'): PaletteEntry => ({
    id: `${label} ${href}`,
    label,
    note,
    isDisabled: false,
    run: () => go(href),
  })
  const pagesOf = (name: string) => [
    page(`${name}: Postgres`, paths.clusterPostgres(name)),
    page(`${name}: pools`, paths.clusterPools(name)),
    page(`${name}: traffic`, paths.clusterTraffic(name)),
    page(`${name}: alerts`, paths.clusterAlerts(name)),
    page(`${name}: alert rules`, paths.clusterRules(name)),
    page(`${name}: events`, paths.clusterEvents(name)),
    page(`${name}: history`, paths.clusterHistory(name)),
    page(`${name}: operations`, paths.clusterOperations(name)),
    page(`${name}: backups`, paths.clusterBackups(name)),
    page(`${name}: agents`, paths.clusterAgents(name)),
    page(`${name}: status`, paths.clusterStatus(name)),
    page(`${name}: set-up`, paths.clusterSetup(name)),
  ]
  const act = (permission: Permission, where: Where, label: string, href: string) =>
    isAllowed(grants, permission, where) ? [page(label, href, 'act')] : []
  const groups: PaletteGroup[] = [
    {
      label: 'Acts',
      items: [
        ...acts.map(({ label, reason, run }, index) => ({
          // Two people may have the same name.
          id: `own act ${index} ${label}`,
          label,
          note: reason ?? 'act',
          isDisabled: reason !== null,
          run,
        })),
        ...act('clusters.manage', 'everywhere', 'Add a cluster', paths.addCluster()),
        ...act('users.manage', 'everywhere', 'Invite a person', paths.addPerson()),
        ...act('tokens.manage', 'everywhere', 'Make a token', paths.makeToken()),
        ...act('audit.read', 'everywhere', 'Verify the chain of the audit log', paths.audit({ act: 'verify' })),
        ...act('session.own', 'anywhere', 'Change your password', paths.account()),
      ],
    },
    {
      label: 'Pages',
      items: [
        ...(cluster === null ? [] : [page(`${cluster}: overview`, paths.cluster(cluster)), ...pagesOf(cluster)]),
        page('Fleet', paths.fleet()),
        page('Alerts', paths.alerts()),
        page('Maintenance', paths.maintenance()),
        page('Events', paths.events()),
        ...(isAllowed(grants, 'audit.read', 'anywhere') ? [page('Audit', paths.audit())] : []),
        page('Settings: clusters', paths.clusterSettings()),
        ...(isAllowed(grants, 'people.read', 'everywhere') ? [page('Settings: people', paths.userSettings())] : []),
        ...(isAllowed(grants, 'users.manage', 'everywhere')
          ? [page('Settings: sign-in', paths.identitySettings())]
          : []),
        page('Settings: API', paths.apiSettings()),
        page('Settings: notifications', paths.notificationSettings()),
        ...(isAllowed(grants, 'shares.manage', 'everywhere')
          ? [page('Settings: watchers', paths.watcherSettings())]
          : []),
        page('Settings: history', paths.historySettings()),
        page('Settings: account', paths.account()),
      ],
    },
    {
      label: 'Open incidents',
      items: rows.flatMap(({ name, incidents: { worst } }) =>
        worst ? [page(`Incident ${worst.number} of ${name}`, paths.incident(worst.number), worst.sentence)] : [],
      ),
    },
    { label: 'Clusters', items: rows.map((row) => page(row.name, paths.cluster(row.name), row.sentence)) },
    {
      label: 'This browser',
      items: own.map(({ label, run }) => ({ id: `own ${label}`, label, note: '', isDisabled: false, run })),
    },
    {
      label: 'Of each cluster',
      items: [
        ...clusterActs({ rows, grants, canOf, go }),
        ...rows.flatMap(({ name }) => (name === cluster ? [] : pagesOf(name))),
      ],
    },
  ]
  return groups.filter((group) => group.items.length > 0)
}

/** Whether every word that was typed is in what the entry says. */
export function isFound({ label, note }: PaletteEntry, typed: string): boolean {
  const said = `${label} ${note}`.toLowerCase()
  return typed
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => said.includes(word))
}
