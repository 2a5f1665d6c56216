import type { Route } from './routes.ts'

const ofCluster = { names: { name: 'cluster' } }

/** A replica whose data is deleted and copied anew. */
export const replicaRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/members/{member}/reinitialise/plan',
    procedure: 'replicas.preview',
    summary: 'What reinitialising a replica would delete, how it would be copied anew, and what stands in its way',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/members/{member}/reinitialise',
    procedure: 'replicas.reinitialise',
    summary: 'Reinitialise a replica; `expected` is taken from the plan, and `confirm` is the name of the member',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
]
