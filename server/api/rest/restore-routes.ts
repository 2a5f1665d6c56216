import type { Route } from './routes.ts'

const ofCluster = { names: { name: 'cluster' } }

/** What helps to find the moment to recover to, read from archived WAL. */
export const restoreRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/clusters/{name}/restore/commits',
    procedure: 'restores.commits',
    summary: 'Transactions between two moments that took something away; ask again while its state is reading',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/restore/commits/stop',
    procedure: 'restores.stopCommits',
    summary: 'End a look for such transactions between the same moments, whoever began it',
    ...ofCluster,
  },
  {
    method: 'POST',
    path: '/clusters/{name}/restore/lost',
    procedure: 'restores.lost',
    summary:
      'How many transactions were committed after a target and would be gone; nothing is done; ask again while its state is reading',
    ...ofCluster,
  },
]
