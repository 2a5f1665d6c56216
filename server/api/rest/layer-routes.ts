import type { Route } from './routes.ts'

const ofCluster = { names: { name: 'cluster' } }

/** Commands to the layers around a cluster: sessions of Postgres, poolers, HAProxy. */
export const layerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/backends/{member}/{pid}/plan',
    procedure: 'backends.preview',
    summary:
      'Whom a cancel or a terminate would hit, and what stands in its way; backendStart is as the stack tells it',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/backends/{member}/{pid}/signal',
    procedure: 'backends.signal',
    summary: 'Cancel what a session runs, or terminate it; only the one that began at backendStart',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/poolers/plan',
    procedure: 'poolers.preview',
    summary: 'What a command to one or all poolers of a cluster would do',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/poolers',
    procedure: 'poolers.command',
    summary: 'Pause poolers for limitMs at most, or say another command; `confirm` is what the plan asks to be typed',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/haproxy/{proxy}/{server}/plan',
    procedure: 'haproxy.preview',
    summary: 'What draining a server behind HAProxy, or making it ready, would do',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/haproxy/{proxy}/{server}',
    procedure: 'haproxy.command',
    summary: 'Drain a server behind HAProxy or make it ready; `confirm` is what the plan asks to be typed',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
]
