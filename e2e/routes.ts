import { labClusterName } from './lab-cluster.ts'

/** Every page of the console that has an address of its own. */
export const routes = [
  { name: 'fleet', path: '/' },
  { name: 'overview', path: `/clusters/${labClusterName}` },
  { name: 'cluster Postgres', path: `/clusters/${labClusterName}/postgres` },
  { name: 'cluster pools', path: `/clusters/${labClusterName}/pools` },
  { name: 'cluster traffic', path: `/clusters/${labClusterName}/traffic` },
  { name: 'cluster history', path: `/clusters/${labClusterName}/history` },
  { name: 'cluster alerts', path: `/clusters/${labClusterName}/alerts` },
  { name: 'cluster alert rules', path: `/clusters/${labClusterName}/alerts/rules` },
  { name: 'cluster events', path: `/clusters/${labClusterName}/events` },
  { name: 'cluster operations', path: `/clusters/${labClusterName}/operations` },
  { name: 'cluster backups', path: `/clusters/${labClusterName}/backups` },
  { name: 'cluster recovery', path: `/clusters/${labClusterName}/restore` },
  { name: 'cluster agents', path: `/clusters/${labClusterName}/agents` },
  { name: 'cluster set-up', path: `/clusters/${labClusterName}/setup` },
  { name: 'cluster status', path: `/clusters/${labClusterName}/status` },
  { name: 'alerts', path: '/alerts' },
  { name: 'runbook', path: '/runbooks/leader-lost' },
  { name: 'events', path: '/events' },
  { name: 'approvals', path: '/approvals' },
  { name: 'maintenance', path: '/maintenance' },
  { name: 'audit', path: '/audit' },
  { name: 'clusters', path: '/settings/clusters' },
  { name: 'users', path: '/settings/users' },
  { name: 'sign-in settings', path: '/settings/sign-in' },
  { name: 'notifications', path: '/settings/notifications' },
  { name: 'approval policies', path: '/settings/policies' },
  { name: 'watchers', path: '/settings/watchers' },
  { name: 'kept history', path: '/settings/history' },
  { name: 'account', path: '/settings/account' },
  { name: 'interface for programs', path: '/settings/api' },
] as const

/** Pages that are there for who is not signed in. */
export const openRoutes = [
  { name: 'sign in', path: '/sign-in' },
  { name: 'invitation', path: '/invitation' },
  { name: 'status without its link', path: '/status' },
] as const

/** Pages for which something has to be made first, by their place in `app`; `made-routes.ts` makes it. */
export const madeRoutes = [
  '/operations/[id]',
  '/incidents/[number]',
  '/approvals/[id]',
  '/status',
  '/enrol',
  '/no-role',
] as const

export type MadeRoute = (typeof madeRoutes)[number]
