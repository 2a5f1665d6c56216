import { randomUUID } from 'node:crypto'
import { hour, madeView } from '#domain/testing/restore-case.ts'
import { minute } from '#domain/testing/backup-made.ts'
import { putAgent } from '#server/store/agent-changes.ts'
import { saveBackups } from '#server/store/backup-view.ts'
import { saveNodeSight } from '#server/store/node-sights.ts'
import type { Store } from '#server/store/open.ts'
import { sweep } from './sweep.ts'

/** The moment so many minutes after the archive of the cluster began, an hour before `now`. */
export function minuteBefore(now: Date, minutes: number): Date {
  return new Date(minute(minutes).getTime() - hour.getTime() + now.getTime())
}

/** Gives a cluster called main agents with room on each node, and backups that reach from minute 3 to minute 10. */
export async function makeRecoverable(owner: Store, clusterId: string, now: Date): Promise<void> {
  await sweep(owner, { clusterId, version: 1, at: new Date(now.getTime() - 2_000) })
  await sweep(owner, { clusterId, version: 2, at: now })
  await owner.pool.query(`insert into cluster_lease values ($1, 'worker-1', now() + interval '1 hour')`, [clusterId])
  for (const node of ['pg-node-1', 'pg-node-2', 'pg-node-3']) {
    const id = randomUUID()
    const shown = { identityKey: 'k', certificatePin: 'p', version: '1.0.0', enrolledBy: 'Mara' }
    await putAgent(owner.pool, { id, clusterId, node, address: `${node}:8009`, ...shown })
    await owner.pool.query(`update agent set seen_at = now(), stanza = 'main' where id = $1`, [id])
    await saveNodeSight(owner, id, {
      seenAt: now,
      dataFreeBytes: 50_000_000_000,
      keptAside: [],
      replicaMethods: [],
      dataPlace: null,
    })
  }
  const view = shifted(madeView(), now.getTime() - hour.getTime())
  await saveBackups(owner, { clusterId, executorId: 'worker-1', look: { view }, at: now })
}

/** The same with all its moments so much later. */
function shifted<T>(value: T, ms: number): T
function shifted(value: unknown, ms: number): unknown {
  if (value instanceof Date) return new Date(value.getTime() + ms)
  if (Array.isArray(value)) return value.map((each) => shifted(each, ms))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shifted(each, ms)]))
}
