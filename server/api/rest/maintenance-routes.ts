import type { Route } from './routes.ts'

/** Planned work. */
export const maintenanceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/maintenance',
    procedure: 'maintenance.list',
    summary: 'Maintenance that goes on or is to come; with isAll=true the newest that ended too',
  },
  {
    method: 'POST',
    path: '/maintenance',
    procedure: 'maintenance.start',
    summary: 'Begin maintenance over a cluster or a label: nobody is told of its alerts until the end',
    status: 201,
  },
  {
    method: 'POST',
    path: '/maintenance/{id}/extend',
    procedure: 'maintenance.extend',
    summary: 'Give maintenance a later end, 7 days ahead at most',
  },
  { method: 'DELETE', path: '/maintenance/{id}', procedure: 'maintenance.end', summary: 'End maintenance now' },
]
