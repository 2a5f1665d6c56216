import type { Pool, PoolerDetail } from './pooler-detail.ts'
import { isPoolerBefore } from './pooler-version.ts'

/** How many servers a pool may open beside its reserve; null = no limit, or not told. */
export function poolCap(pool: Pick<Pool, 'database' | 'user'>, detail: PoolerDetail): number | null {
  const database = detail.databases.find(({ name }) => name === pool.database)
  const user = detail.users.find(({ name }) => name === pool.user)
  const size = user?.poolSize ?? database?.poolSize ?? null
  return size === 0 && !isPoolerBefore(detail.version, 1, 24) ? null : size
}
