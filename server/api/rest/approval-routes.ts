import type { Route } from './routes.ts'

/** Who has to approve what, and what waits for it. */
export const approvalRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/approvals',
    procedure: 'approvals.list',
    summary: 'What waits for approval, the oldest first',
  },
  {
    method: 'GET',
    path: '/approvals/{id}',
    procedure: 'approvals.get',
    summary: 'A request for approval: plan, what it needs, and what changed since; {id} is the operation',
  },
  {
    method: 'POST',
    path: '/approvals/{id}/approve',
    procedure: 'approvals.approve',
    summary: 'Approve it by a proof that a worker checks; `seen` is what the request is bound to',
  },
  {
    method: 'POST',
    path: '/approvals/{id}/reject',
    procedure: 'approvals.reject',
    summary: 'Reject it, with a reason and a proof',
  },
  {
    method: 'POST',
    path: '/approvals/{id}/run',
    procedure: 'approvals.run',
    summary: 'Run what was asked for and approved',
    status: 202,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/approval-need',
    procedure: 'approvals.needed',
    summary: 'What approvals an act would need on a cluster; null = none',
    names: { name: 'cluster' },
  },
  {
    method: 'GET',
    path: '/clusters/{name}/break-glass',
    procedure: 'approvals.brokenGlass',
    summary: 'What one person ran alone on a cluster within a day; null = nothing',
    names: { name: 'cluster' },
  },
  {
    method: 'GET',
    path: '/policies',
    procedure: 'policies.list',
    summary: 'Which acts need approval, on which clusters',
  },
  {
    method: 'POST',
    path: '/policies',
    procedure: 'policies.set',
    summary: 'Add a policy, or with an id change one, by a proof that a worker checks',
  },
  {
    method: 'DELETE',
    path: '/policies/{id}',
    procedure: 'policies.remove',
    summary: 'Take a policy away, by a proof that a worker checks',
  },
]
