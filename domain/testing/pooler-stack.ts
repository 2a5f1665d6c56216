import type { Snapshot } from '../snapshot.ts'
import type { PoolerDatabase, PoolerDetail, PoolerServer } from '../stack/pooler-detail.ts'
import type { StackView } from '../stack/stack-view.ts'

/** The poolers beside all members, seen at that moment; each leads to its own Postgres unless other databases are given. */
export function poolerStack(
  snapshot: Snapshot,
  databases: Record<string, { name: string; host: string | null }[]>,
  seenAt: Date,
  servers: { database: string; address: string }[] = [],
): StackView {
  return {
    takenAt: seenAt,
    haproxy: null,
    etcd: null,
    members: snapshot.members.map(({ name }) => ({
      name,
      postgres: null,
      pooler: {
        value: poolerMade({
          databases: (databases[name] ?? [{ name: 'orders', host: '127.0.0.1' }]).map(databaseMade),
          servers: servers.map(serverMade),
        }),
        seenAt,
        problem: null,
      },
    })),
  }
}

/** What a pgBouncer with one database and sane settings says, with what is to be otherwise. */
export function poolerMade(change: Partial<PoolerDetail> = {}): PoolerDetail {
  return {
    version: '1.24.1',
    state: 'active',
    pools: [],
    databases: [databaseMade({ name: 'orders', host: '127.0.0.1' })],
    users: [],
    clients: [],
    clientsLeftOut: 0,
    servers: [],
    serversLeftOut: 0,
    lists: {},
    config: {},
    stats: [],
    ...change,
  }
}

/** A database of a pooler, with what is to be otherwise. */
export function databaseMade(change: Partial<PoolerDatabase> & { name: string }): PoolerDatabase {
  return {
    host: '127.0.0.1',
    port: 5432,
    database: change.name,
    forceUser: null,
    poolSize: 25,
    minPoolSize: 0,
    reservePoolSize: 5,
    mode: 'transaction',
    maxConnections: 100,
    currentConnections: 10,
    isPaused: false,
    isDisabled: false,
    ...change,
  }
}

function serverMade({ database, address }: { database: string; address: string }): PoolerServer {
  return { user: 'app', database, state: 'idle', address, port: 5432, backendPid: 4711, closeNeeded: false }
}
