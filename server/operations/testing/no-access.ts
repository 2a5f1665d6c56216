import { createPatroniClient } from '#server/adapters/patroni/client.ts'
import type { OperationAccess } from '../operation-access.ts'

/** The access to a cluster of which nothing is there. */
export const noAccess: OperationAccess = {
  patroni: createPatroniClient({ user: null, password: null, caPem: null, trustedOrigins: [] }),
  trustedOrigins: [],
  readKeys: null,
  dcs: null,
  snapshot: () => Promise.resolve(null),
  agent: () => null,
  agentSights: () => Promise.resolve([]),
  backups: () => Promise.resolve(null),
  operation: () => Promise.resolve(null),
  runningBackup: () => Promise.resolve(null),
  sessions: () => Promise.resolve(null),
  haproxy: null,
  hurry: () => {},
  lookDeep: () => {},
  calm: () => {},
}
