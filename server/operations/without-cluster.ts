import type { OperationAccess } from './operation-access.ts'

/** The access of an operation that acts on the console's own store alone: it has none, and needs none where the cluster is ill or gone. */
export const withoutCluster: OperationAccess = {
  get patroni(): never {
    throw new Error('This operation acts on no cluster.')
  },
  trustedOrigins: [],
  readKeys: null,
  dcs: null,
  snapshot: () => Promise.resolve(null),
  sessions: () => Promise.resolve(null),
  haproxy: null,
  agent: () => null,
  agentSights: () => Promise.resolve([]),
  backups: () => Promise.resolve(null),
  operation: () => Promise.resolve(null),
  runningBackup: () => Promise.resolve(null),
  hurry: () => {},
  lookDeep: () => {},
  calm: () => {},
}
