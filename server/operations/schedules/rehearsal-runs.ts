import { planRehearsal } from '#domain/plan/plan-rehearsal.ts'
import type { RehearsalWish } from '#domain/plan/rehearsal-plan.ts'
import { rehearsalsDue, wishOf } from '#domain/rehearsal/rehearsal-schedule.ts'
import { agentSights } from '#server/store/agent-sights.ts'
import { readBackups } from '#server/store/backup-view.ts'
import type { Store } from '#server/store/open.ts'
import { pastRestores } from '#server/store/past-restores.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { scheduleActor } from '../request/actor.ts'
import { requestRehearsal } from '../request/request-rehearsal.ts'
import type { RunKind } from './run-kind.ts'

/** Rehearsals by schedule. What is asked for counts from when a run was due, so that it is the same whoever asks and whenever. */
export const rehearsalRuns: RunKind<'rehearsal'> = {
  kind: 'rehearsal',
  lane: 'rehearsal',
  due: ({ body }, since, until) => rehearsalsDue(body, since, until),
  words: ({ clusterName }) => `rehearsal of ${clusterName}`,
  async whyNot(store, { clusterId, clusterName, body }, run, now) {
    const snapshot = await latestSnapshot(store, clusterId)
    if (!snapshot) return `The console has not looked at ${clusterName} yet.`
    const [{ view }, { agents, past }] = await Promise.all([readBackups(store, clusterId), known(store, clusterId)])
    const wish: RehearsalWish = wishOf(body, run.at)
    return planRehearsal({ snapshot, agents, backups: view, past, wish, now }).blockers.join(' ') || null
  },
  async request(store, { schedule, run, cluster, reason, idempotencyKey }) {
    const wish = wishOf(schedule.body, run.at)
    const given = { actor: scheduleActor, cluster, wish, reason, idempotencyKey }
    return requestRehearsal(store, { ...given, ...(await known(store, cluster.id)) })
  },
}

async function known(store: Store, clusterId: string) {
  const [agents, past] = await Promise.all([agentSights(store, clusterId), pastRestores(store, clusterId)])
  return { agents, past }
}
