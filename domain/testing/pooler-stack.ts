import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { PoolerServer } from '#domain/stack/pooler-detail.ts'
import type { StackView } from '#domain/stack/stack-view.ts'
import { madePooler, madePoolerDatabase } from './pooler-made.ts'

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
        value: madePooler({
          databases: (databases[name] ?? [{ name: 'orders', host: '127.0.0.1' }]).map(madePoolerDatabase),
          servers: servers.map(serverMade),
        }),
        seenAt,
        problem: null,
      },
    })),
  }
}

function serverMade({ database, address }: { database: string; address: string }): PoolerServer {
  return { user: 'app', database, state: 'idle', address, port: 5432, backendPid: 4711, closeNeeded: false }
}
