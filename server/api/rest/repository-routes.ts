import type { Route } from './routes.ts'

const ofCluster = { names: { name: 'cluster' } }

/** A cluster's repositories of backups, and when backups and rehearsals are made. */
export const repositoryRoutes: Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/repository/plan',
    procedure: 'repositories.preview',
    summary: 'What a chore on a repository would do, where, and what stands in its way',
    ...ofCluster,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/repository/expiry',
    procedure: 'repositories.expiryPreview',
    summary: 'What an expiry would remove now, as pgBackRest itself says',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/repository/check',
    procedure: 'repositories.request',
    summary: 'Check that WAL reaches every repository',
    ...ofCluster,
    given: { kind: 'repository-check' },
    hidden: ['kind', 'repository', 'idempotencyKey'],
    status: 202,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/repository/verify',
    procedure: 'repositories.request',
    summary: 'Read every file of a repository and hold it against its checksum',
    ...ofCluster,
    given: { kind: 'repository-verify' },
    hidden: ['kind', 'idempotencyKey'],
    status: 202,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/repository/expire',
    procedure: 'repositories.expire',
    summary: 'Remove what is no longer kept; never more than the preview that is sent along',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/repository/stanza-create',
    procedure: 'repositories.setUp',
    summary: 'Set up the stanza in every repository',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/schedule',
    procedure: 'schedules.get',
    summary: 'When backups and rehearsals are made, and how the last runs came about',
    ...ofCluster,
  },
  {
    method: 'PUT',
    path: '/clusters/{name}/schedule/backups',
    procedure: 'schedules.setBackups',
    summary: 'Set when backups are made; times are UTC',
    ...ofCluster,
  },
  {
    method: 'PUT',
    path: '/clusters/{name}/schedule/rehearsals',
    procedure: 'schedules.setRehearsals',
    summary: 'Set when recoveries are rehearsed; times are UTC',
    ...ofCluster,
  },
]
