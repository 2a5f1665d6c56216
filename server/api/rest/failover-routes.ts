import type { Route } from './routes.ts'

const ofCluster = { names: { name: 'cluster' } }

/** Making a named member the leader where nobody works as one. */
export const failoverRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/failover/plan',
    procedure: 'failover.preview',
    summary: 'What a failover to the candidate would do and lose; without one, how each member stands',
    ...ofCluster,
    given: { candidate: null },
  },
  {
    method: 'POST',
    path: '/clusters/{name}/failover',
    procedure: 'failover.request',
    summary: 'Make the candidate the leader where nobody works as one; `expected` is taken from the plan',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
]
