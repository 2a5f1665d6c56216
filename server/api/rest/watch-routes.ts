import type { Route } from './routes.ts'

const ofCluster = { names: { name: 'cluster' } }

/** What those who only watch see, and their links. */
export const watchRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/status',
    procedure: 'availability.status',
    summary: 'Whether a cluster takes writes, its availability and planned work, without a name of anything',
    ...ofCluster,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/availability',
    procedure: 'availability.get',
    summary: 'Availability in a month (period=2026-11) or quarter (2026-Q4), with every outage and how it is known',
    ...ofCluster,
  },
  {
    method: 'PUT',
    path: '/clusters/{name}/availability/target',
    procedure: 'availability.setTarget',
    summary: 'Set what the availability of a cluster is held to, such as 0.999',
    ...ofCluster,
  },
  {
    method: 'GET',
    path: '/targets',
    procedure: 'availability.targets',
    summary: 'What the availability of each cluster is held to',
  },
  { method: 'GET', path: '/shares', procedure: 'shares.list', summary: 'Links for watchers, without their tokens' },
  {
    method: 'POST',
    path: '/shares',
    procedure: 'shares.create',
    summary: 'Make a link for watchers, or a badge; its token is told once',
    status: 201,
  },
  { method: 'DELETE', path: '/shares/{id}', procedure: 'shares.revoke', summary: 'Revoke a link for good' },
]
