import { labClusterName } from './lab-cluster.ts'

/** Every page that has an address of its own; operations are added by who has one at hand. */
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
  { name: 'alerts', path: '/alerts' },
  { name: 'runbook', path: '/runbooks/leader-lost' },
  { name: 'events', path: '/events' },
  { name: 'audit', path: '/audit' },
  { name: 'clusters', path: '/settings/clusters' },
  { name: 'users', path: '/settings/users' },
  { name: 'notifications', path: '/settings/notifications' },
  { name: 'kept history', path: '/settings/history' },
  { name: 'account', path: '/settings/account' },
] as const
