import { historyTable } from './history-table.ts'
import type { Route } from './routes.ts'

/** What was sampled, and for how long it is kept. */
export const historyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/history',
    procedure: 'history.series',
    summary:
      'What was sampled between two moments; series such as replayLagSeconds@pg-node-1, of the cluster such as level',
    names: { name: 'cluster' },
  },
  {
    method: 'GET',
    path: '/clusters/{name}/history.csv',
    procedure: 'history.series',
    summary: 'The same as a table for spreadsheets',
    names: { name: 'cluster' },
    csv: historyTable,
  },
  {
    method: 'GET',
    path: '/settings/samples',
    procedure: 'history.kept',
    summary: 'How long samples are kept, by resolution, and what that costs on disk',
  },
  {
    method: 'PUT',
    path: '/settings/samples',
    procedure: 'history.keepFor',
    summary: 'Set how many days each resolution is kept; what is older is deleted within minutes',
  },
]
