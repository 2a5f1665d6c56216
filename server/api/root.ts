import type { inferRouterOutputs } from '@trpc/server'
import { agentsRouter } from './routers/agents.ts'
import { alertsRouter } from './routers/alerts.ts'
import { approvalsRouter } from './routers/approvals.ts'
import { auditRouter } from './routers/audit.ts'
import { availabilityRouter } from './routers/availability.ts'
import { backendsRouter } from './routers/backends.ts'
import { backupsRouter } from './routers/backups.ts'
import { clustersRouter } from './routers/clusters.ts'
import { eventsRouter } from './routers/events.ts'
import { factorsRouter } from './routers/factors.ts'
import { failoverRouter } from './routers/failover.ts'
import { haproxyRouter } from './routers/haproxy.ts'
import { historyRouter } from './routers/history.ts'
import { identitiesRouter } from './routers/identities.ts'
import { incidentsRouter } from './routers/incidents.ts'
import { liveRouter } from './routers/live.ts'
import { maintenanceRouter } from './routers/maintenance.ts'
import { notificationsRouter } from './routers/notifications.ts'
import { operationsRouter } from './routers/operations.ts'
import { policiesRouter } from './routers/policies.ts'
import { poolersRouter } from './routers/poolers.ts'
import { rehearsalsRouter } from './routers/rehearsals.ts'
import { releasesRouter } from './routers/releases.ts'
import { replicasRouter } from './routers/replicas.ts'
import { restoresRouter } from './routers/restores.ts'
import { repositoriesRouter } from './routers/repositories.ts'
import { runbooksRouter } from './routers/runbooks.ts'
import { schedulesRouter } from './routers/schedules.ts'
import { sessionRouter } from './routers/session.ts'
import { setupRouter } from './routers/setup.ts'
import { stackRouter } from './routers/stack.ts'
import { sharesRouter } from './routers/shares.ts'
import { silencesRouter } from './routers/silences.ts'
import { switchoverRouter } from './routers/switchover.ts'
import { tokensRouter } from './routers/tokens.ts'
import { usersRouter } from './routers/users.ts'
import { router } from './trpc.ts'

/** Every procedure of the console, named `noun.verb`. */
export const appRouter = router({
  agents: agentsRouter,
  alerts: alertsRouter,
  approvals: approvalsRouter,
  audit: auditRouter,
  availability: availabilityRouter,
  backends: backendsRouter,
  backups: backupsRouter,
  clusters: clustersRouter,
  events: eventsRouter,
  factors: factorsRouter,
  failover: failoverRouter,
  haproxy: haproxyRouter,
  history: historyRouter,
  identities: identitiesRouter,
  incidents: incidentsRouter,
  live: liveRouter,
  maintenance: maintenanceRouter,
  notifications: notificationsRouter,
  operations: operationsRouter,
  policies: policiesRouter,
  poolers: poolersRouter,
  rehearsals: rehearsalsRouter,
  releases: releasesRouter,
  replicas: replicasRouter,
  restores: restoresRouter,
  repositories: repositoriesRouter,
  runbooks: runbooksRouter,
  schedules: schedulesRouter,
  session: sessionRouter,
  setup: setupRouter,
  stack: stackRouter,
  shares: sharesRouter,
  silences: silencesRouter,
  switchover: switchoverRouter,
  tokens: tokensRouter,
  users: usersRouter,
})

export type AppRouter = typeof appRouter
export type RouterOutputs = inferRouterOutputs<AppRouter>
