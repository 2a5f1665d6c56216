import type { PoolerDetail } from './pooler-detail.ts'
import { poolUses, type PoolUse } from './pool-use.ts'
import type { Looked, StackView } from './stack-view.ts'

/** What the pooler beside one member has told, of this moment or not. */
export interface PoolerTold {
  member: string
  detail: PoolerDetail
  looked: Looked<PoolerDetail>
}

/** All poolers that ever told something. */
export function poolersTold({ members }: StackView): PoolerTold[] {
  return members.flatMap(({ name, pooler }) =>
    pooler?.value ? [{ member: name, detail: pooler.value, looked: pooler }] : [],
  )
}

/** One pool, a database and a user, as each pooler has it. */
export interface PoolSideBySide {
  database: string
  user: string
  /** In the order of the poolers; null = that one has no such pool. */
  uses: (PoolUse | null)[]
}

/** Every pool with its use at each pooler, those that clients wait for first, then the busiest. */
export function poolsSideBySide(told: readonly PoolerTold[]): PoolSideBySide[] {
  const all = told.map(({ detail }) => poolUses(detail))
  const keys = new Map(all.flat().map(({ database, user }) => [JSON.stringify([database, user]), { database, user }]))
  return [...keys.values()]
    .map((key) => ({
      ...key,
      uses: all.map((uses) => uses.find((use) => use.database === key.database && use.user === key.user) ?? null),
    }))
    .toSorted((one, other) => sum(other, waiting) - sum(one, waiting) || sum(other, busy) - sum(one, busy))
}

function sum({ uses }: PoolSideBySide, of: (use: PoolUse) => number): number {
  return uses.reduce((total, use) => total + (use === null ? 0 : of(use)), 0)
}

const waiting = ({ clientsWaiting }: PoolUse) => clientsWaiting
const busy = ({ busyServers }: PoolUse) => busyServers
