import { isGone } from './reachability.ts'
import type { Snapshot } from './snapshot.ts'

/** How many of the etcd members this console asks answer; null where it asks none. */
export function etcdCount(snapshot: Snapshot, now: Date): { up: number; of: number } | null {
  const { etcd } = snapshot
  if (!etcd || etcd.endpoints.length === 0) return null
  const up = etcd.endpoints.filter(({ status, problem }) => status !== null && !isGone(problem, now)).length
  return { up, of: etcd.endpoints.length }
}
