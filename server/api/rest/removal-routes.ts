import type { Route } from './routes.ts'

/** Taking a cluster out of the console. */
export const removalRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/removal/plan',
    procedure: 'clusters.previewRemoval',
    summary: 'What removing a cluster would take away, and what stands in the way',
  },
  {
    method: 'DELETE',
    path: '/clusters/{name}',
    procedure: 'clusters.remove',
    summary: 'Forget a cluster, which goes on running; answers with the operation and how it ended',
    hidden: ['idempotencyKey'],
  },
]
