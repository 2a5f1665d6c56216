import { approvalRoutes } from './approval-routes.ts'
import type { Store } from '#server/store/open.ts'
import type { ProcedureCaller } from '../procedures.ts'
import { failoverRoutes } from './failover-routes.ts'
import { historyRoutes } from './history-routes.ts'
import { alertRoutes } from './alert-routes.ts'
import { factorRoutes } from './factor-routes.ts'
import { identityRoutes } from './identity-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { notificationRoutes } from './notification-routes.ts'
import { layerRoutes } from './layer-routes.ts'
import { replicaRoutes } from './replica-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { removalRoutes } from './removal-routes.ts'
import { repositoryRoutes } from './repository-routes.ts'
import { restoreRoutes } from './restore-routes.ts'
import { maintenanceRoutes } from './maintenance-routes.ts'
import { watchRoutes } from './watch-routes.ts'
import { presentAgents } from './present-agents.ts'
import { presentBackups } from './present-backups.ts'
import { presentCluster, presentFleet } from './present.ts'

/** One address of the REST interface and the procedure behind it. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below /api/v1; `{x}` is handed to the procedure as `x`, or as `names` says. */
  path: string
  procedure: string
  summary: string
  names?: Record<string, string>
  /** Field of the input that is the whole body; absent = the body's fields are the input's. */
  bodyField?: string
  /** Input that the address itself says, and what is assumed where nothing is sent. */
  given?: Record<string, unknown>
  /** Input that is not part of the body, because it is given or found out. */
  hidden?: string[]
  status?: 201 | 202
  /** With follow=true it is answered without an end. */
  canFollow?: true
  /** Answered with a plain list of rows that this field tells apart: turned by pages of it. */
  rowKey?: string
  /** Answered with the bytes of a file. */
  isFile?: true
  /** Answered as a table for spreadsheets. */
  csv?: (api: ProcedureCaller, input: Record<string, unknown>) => Promise<{ fileName: string; text: string }>
  /** Answered as a file of lines, as long as it may be. */
  lines?: { fileName: string; type: string; of: LinesOf }
  /** Asks the procedure itself, where its answer is told in other words. */
  answer?: (api: ProcedureCaller, input: Record<string, unknown>) => Promise<unknown>
}

/** Asks the procedure first, which says whether the caller may have them. */
export type LinesOf = (
  from: { api: ProcedureCaller; store: Store },
  input: Record<string, unknown>,
) => Promise<AsyncGenerator<string>>

const ofCluster = { names: { name: 'cluster' } }
const nextSwitchover = { candidate: null, scheduledAt: null }

/** The whole REST interface. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/whoami', procedure: 'session.whoami', summary: 'Who the token belongs to, and its role' },
  {
    method: 'GET',
    path: '/clusters',
    procedure: 'clusters.list',
    summary: 'All clusters with verdict, leader and worst lag',
    answer: async (api) => presentFleet(await api.clusters.list(), new Date()),
    rowKey: 'name',
  },
  {
    method: 'POST',
    path: '/clusters',
    procedure: 'clusters.add',
    summary: 'Register a cluster; its members are found from one address',
    bodyField: 'draft',
    status: 201,
  },
  {
    method: 'POST',
    path: '/clusters/discover',
    procedure: 'clusters.discover',
    summary: 'Look at a cluster without registering it',
    bodyField: 'draft',
    hidden: ['name'],
  },
  {
    method: 'GET',
    path: '/clusters/{name}',
    procedure: 'clusters.get',
    summary: 'One cluster: verdict, members, forecast, findings',
    answer: async (api, { name }) => presentCluster(await api.clusters.get({ name: String(name) })),
  },
  {
    method: 'PUT',
    path: '/clusters/{name}',
    procedure: 'clusters.update',
    summary: 'Change where and how a cluster is reached; secrets not sent stay',
    bodyField: 'draft',
  },
  ...removalRoutes,
  {
    method: 'GET',
    path: '/clusters/{name}/events',
    procedure: 'events.list',
    summary: 'What changed in a cluster, newest first; with follow=true as lines of JSON, oldest first, without an end',
    ...ofCluster,
    canFollow: true,
  },
  { method: 'GET', path: '/events', procedure: 'events.list', summary: 'What changed in all clusters, newest first' },
  ...historyRoutes,
  {
    method: 'GET',
    path: '/clusters/{name}/switchover/plan',
    procedure: 'switchover.preview',
    summary: 'What a switchover would do, now or with scheduledAt then',
    ...ofCluster,
    given: nextSwitchover,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/switchover',
    procedure: 'switchover.request',
    summary: 'Switch over, or with scheduledAt schedule it; `expected` is taken from the plan',
    ...ofCluster,
    given: nextSwitchover,
    hidden: ['kind', 'idempotencyKey'],
    status: 202,
  },
  {
    method: 'DELETE',
    path: '/clusters/{name}/switchover',
    procedure: 'switchover.request',
    summary: 'Cancel the scheduled switchover; with scheduledAt and candidate this one and no other',
    ...ofCluster,
    given: { ...nextSwitchover, kind: 'cancel-scheduled-switchover' },
    hidden: ['kind', 'idempotencyKey'],
    status: 202,
  },
  ...failoverRoutes,
  {
    method: 'GET',
    path: '/clusters/{name}/stack',
    procedure: 'stack.get',
    summary:
      'What Postgres, pgBouncer, HAProxy and etcd say of themselves; statements only to whoever may read sessions',
    ...ofCluster,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/stack/traffic',
    procedure: 'stack.traffic',
    summary: 'What passes through HAProxy, the poolers and Postgres: sessions, pools in use, transactions',
    ...ofCluster,
  },
  ...layerRoutes,
  ...replicaRoutes,
  ...approvalRoutes,
  {
    method: 'GET',
    path: '/clusters/{name}/agents',
    procedure: 'agents.list',
    summary: 'Each node of a cluster with its agent, or none',
    ...ofCluster,
    answer: async (api, { cluster }) => presentAgents(await api.agents.list({ cluster: String(cluster) })),
  },
  {
    method: 'POST',
    path: '/clusters/{name}/agents/{node}/invitation',
    procedure: 'agents.invite',
    summary: 'Invite the agent of a node; the token is told once',
    ...ofCluster,
    status: 201,
  },
  {
    method: 'DELETE',
    path: '/clusters/{name}/agents/{node}/invitation',
    procedure: 'agents.cancelInvitation',
    summary: 'Take back the open invitation of a node',
    ...ofCluster,
  },
  {
    method: 'DELETE',
    path: '/clusters/{name}/agents/{node}',
    procedure: 'agents.remove',
    summary: 'Forget the agent of a node; it goes on running',
    ...ofCluster,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/backup/plan',
    procedure: 'backups.preview',
    summary: 'What a backup would do, where it would run and what stands in its way',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/backup',
    procedure: 'backups.request',
    summary: 'Take a backup with pgBackRest; it can be cancelled while it runs',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/backups',
    procedure: 'backups.list',
    summary: 'Backups of a cluster, what can be recovered with them, and what stands out',
    ...ofCluster,
    answer: async (api, { cluster }) => presentBackups(await api.backups.list({ cluster: String(cluster) })),
  },
  {
    method: 'GET',
    path: '/clusters/{name}/setup',
    procedure: 'setup.checks',
    summary: 'Every rule on the set-up of a cluster with risk, worst case and fix, and who leads by whom',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/restore/plan',
    procedure: 'restores.preview',
    summary: 'What a recovery in place would do and give up, and what stands in its way; nothing is done',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/restore',
    procedure: 'restores.request',
    summary: 'Recover the cluster to an earlier moment; `expected` is taken from the plan',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
  ...restoreRoutes,
  {
    method: 'POST',
    path: '/clusters/{name}/rehearsal/plan',
    procedure: 'rehearsals.preview',
    summary: 'What a rehearsal of a recovery would do, where, and what stands in its way; nothing is done',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/rehearsal',
    procedure: 'rehearsals.request',
    summary: 'Recover a moment beside the running cluster, look at it and take it away again',
    ...ofCluster,
    hidden: ['idempotencyKey'],
    status: 202,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/rehearsals',
    procedure: 'rehearsals.list',
    summary: 'The newest rehearsals of a cluster with their reports',
    ...ofCluster,
    rowKey: 'id',
  },
  ...repositoryRoutes,
  ...alertRoutes,
  ...notificationRoutes,
  ...maintenanceRoutes,
  ...watchRoutes,
  {
    method: 'GET',
    path: '/clusters/{name}/operations',
    procedure: 'operations.list',
    summary: 'Operations on a cluster, newest first',
    ...ofCluster,
  },
  { method: 'GET', path: '/operations', procedure: 'operations.list', summary: 'All operations, newest first' },
  { method: 'GET', path: '/operations/{id}', procedure: 'operations.get', summary: 'One operation with its steps' },
  {
    method: 'POST',
    path: '/operations/{id}/cancel',
    procedure: 'operations.cancel',
    summary: 'Ask an operation to end before its point of no return',
    status: 202,
  },
  {
    method: 'POST',
    path: '/operations/{id}/decision',
    procedure: 'operations.decide',
    summary: "Answer the question that an operation waits with; `step` is the question's",
    status: 202,
  },
  {
    method: 'GET',
    path: '/operations/{id}/report',
    procedure: 'operations.report',
    summary: 'A recovery or rehearsal written down as Markdown',
  },
  {
    method: 'GET',
    path: '/operations/{id}/extract',
    procedure: 'rehearsals.file',
    summary: 'The file that a rehearsal took out of the recovered data, as bytes',
    isFile: true,
  },
  {
    method: 'GET',
    path: '/operations/{id}/release/plan',
    procedure: 'releases.preview',
    summary: 'What would be let go of the data that an operation left on nodes',
    names: { id: 'operation' },
  },
  {
    method: 'POST',
    path: '/operations/{id}/release',
    procedure: 'releases.request',
    summary: 'Let go of the data that an operation left on nodes, for good',
    names: { id: 'operation' },
    hidden: ['idempotencyKey'],
    status: 202,
  },
  ...auditRoutes,
  ...peopleRoutes,
  ...factorRoutes,
  ...identityRoutes,
]
