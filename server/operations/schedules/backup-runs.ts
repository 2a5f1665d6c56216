import { dueBetween, type DueRun } from '#domain/backup/backup-schedule.ts'
import { backupTypeWord } from '#domain/backup/backup.ts'
import type { BackupWish } from '#domain/plan/backup-plan.ts'
import type { BackupTimetable } from '#domain/backup/backup-timetable.ts'
import { planBackup } from '#domain/plan/plan-backup.ts'
import { listAgents } from '#server/store/agents.ts'
import { latestSnapshot } from '#server/store/snapshots.ts'
import { scheduleActor } from '../request/actor.ts'
import { requestBackup } from '../request/request-backup.ts'
import type { RunKind } from './run-kind.ts'

/** Backups by schedule. */
export const backupRuns: RunKind<'backup'> = {
  kind: 'backup',
  lane: 'backup',
  due: ({ body }, since, until) => dueBetween(body, since, until),
  words: ({ clusterName }, { type }) => `${backupTypeWord(type)} backup of ${clusterName}`,
  async whyNot(store, { clusterId, clusterName, body }, run, now) {
    const [snapshot, agents] = await Promise.all([latestSnapshot(store, clusterId), listAgents(store, clusterId)])
    if (!snapshot) return `The console has not looked at ${clusterName} yet.`
    return planBackup(snapshot, agents, wishOf(body, run), now).blockers.join(' ') || null
  },
  async request(store, { schedule, run, cluster, reason, idempotencyKey }) {
    const agents = await listAgents(store, cluster.id)
    const wish = wishOf(schedule.body, run)
    return requestBackup(store, { actor: scheduleActor, cluster, wish, agents, reason, idempotencyKey })
  },
}

function wishOf({ repository, fromStandby }: BackupTimetable, { type }: DueRun): BackupWish {
  return { type, repository, fromStandby, startFast: true, stanza: null }
}
