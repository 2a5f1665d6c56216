import type { Problem } from '#domain/snapshot/reading.ts'
import type { EtcdDetail } from './etcd-detail.ts'
import type { HaproxyDetail } from './haproxy-detail.ts'
import type { PoolerDetail } from './pooler-detail.ts'
import type { PostgresDetail } from './postgres-detail.ts'

/** What the slower, deeper looks at all layers of one cluster last said; kept whole, beside the snapshot. */
export interface StackView {
  takenAt: Date
  /** Sorted by name: the snapshot's members. */
  members: MemberStack[]
  /** Null where the console was told of no HAProxy. */
  haproxy: Looked<HaproxyDetail> | null
  /** Null where the console was told of no etcd. */
  etcd: Looked<EtcdDetail> | null
}

/** The layers of one node. */
export interface MemberStack {
  name: string
  /** Null where the console has no user for Postgres. */
  postgres: Looked<PostgresDetail> | null
  /** Null where no pooler is known beside this member, or the console has no user for it. */
  pooler: Looked<PoolerDetail> | null
}

/** Looks at the layers of one cluster, whatever is kept of what they told. */
export interface Layers<Postgres, Pooler, Haproxy> {
  members: { name: string; postgres: Looked<Postgres> | null; pooler: Looked<Pooler> | null }[]
  haproxy: Looked<Haproxy> | null
}

/** The newest good answer of one system, kept although stale, and why there is no newer one. */
export interface Looked<T> {
  /** Null = it never answered this console. */
  value: T | null
  seenAt: Date | null
  problem: Problem | null
  /** What has happened since `seenAt`, as "before the leader changed"; only where it is shown, kept nowhere. */
  overtakenBy?: string
}
