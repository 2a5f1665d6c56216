import type { Route } from './routes.ts'

const ofCluster = { names: { name: 'cluster' } }

/** Alerts, incidents and silences. */
export const alertRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/alerts',
    procedure: 'alerts.list',
    summary: 'Alerts of a cluster that go on, or by states=resolved those that did',
    ...ofCluster,
  },
  { method: 'GET', path: '/alerts', procedure: 'alerts.list', summary: 'Alerts of all clusters that go on' },
  {
    method: 'GET',
    path: '/clusters/{name}/rules',
    procedure: 'alerts.rules',
    summary: 'Every alert rule, and what the cluster has otherwise',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/rules/{rule}/trial',
    procedure: 'alerts.tryRule',
    summary: 'When a rule would have fired within the last week, were it so; nothing is changed',
    ...ofCluster,
  },
  {
    method: 'PUT',
    path: '/clusters/{name}/rules/{rule}',
    procedure: 'alerts.setRule',
    summary: 'Set what of a rule the cluster has otherwise; with a reason alone it is again as it comes',
    ...ofCluster,
  },
  {
    method: 'GET',
    path: '/clusters/{name}/incidents',
    procedure: 'incidents.list',
    summary: 'Incidents of a cluster, newest first',
    ...ofCluster,
  },
  {
    method: 'GET',
    path: '/incidents',
    procedure: 'incidents.list',
    summary: 'Incidents of all clusters, newest first',
  },
  {
    method: 'GET',
    path: '/incidents/{number}',
    procedure: 'incidents.get',
    summary: 'One incident with its alerts, notes and all that happened around it',
  },
  {
    method: 'GET',
    path: '/runbooks/{name}',
    procedure: 'runbooks.get',
    summary: 'A runbook, as Markdown',
  },
  {
    method: 'GET',
    path: '/incidents/{number}/report',
    procedure: 'incidents.markdown',
    summary: 'One incident written down as Markdown',
  },
  {
    method: 'POST',
    path: '/incidents/{number}/acknowledge',
    procedure: 'incidents.acknowledge',
    summary: 'Say that you know of an incident and look after it',
  },
  {
    method: 'POST',
    path: '/incidents/{number}/notes',
    procedure: 'incidents.note',
    summary: 'Write a note on an incident',
    status: 201,
  },
  {
    method: 'GET',
    path: '/silences',
    procedure: 'silences.list',
    summary: 'Silences that have not ended',
    rowKey: 'id',
  },
  {
    method: 'POST',
    path: '/silences',
    procedure: 'silences.create',
    summary: 'Hold back what is told of some alerts until a time; they are found and kept all the same',
    status: 201,
  },
  { method: 'DELETE', path: '/silences/{id}', procedure: 'silences.end', summary: 'End a silence now' },
]
