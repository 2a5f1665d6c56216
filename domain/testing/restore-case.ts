import type { AgentSight } from '#domain/plan/backup-plan.ts'
import { notRunning } from '#domain/backup/backup-progress.ts'
import { type BackupView, keepWindow } from '#domain/backup/backup-view.ts'
import type { Backup } from '#domain/backup/backup.ts'
import type { RestoreCase } from '#domain/plan/plan-restore/planning.ts'
import { recoveryWindows } from '#domain/recovery/recovery-windows-of.ts'
import { walMarks } from '#domain/wal/wal-marks.ts'
import type { RestoreWish } from '#domain/plan/restore-plan.ts'
import { madeArchive, madeBackup, minute, segments, sizeBytes } from './backup-made.ts'
import { follow } from './follow.ts'
import { healthyWorld, secondsBefore, type World } from './world.ts'

/** An hour after the archive of these cases began. */
export const hour = minute(60)

/** Two full backups on the cluster's timeline 4: they ended at minute 3 and 7. */
export const madeBackups = [madeBackup(4, 3, 3), madeBackup(4, 7, 7)] as const

/** Backups of the healthy world's cluster, with WAL archived up to minute 10. */
export function madeView(change: Partial<BackupView> = {}, backups: readonly Backup[] = madeBackups): BackupView {
  const archived = madeArchive(segments(4, 1, 10))
  const windows = recoveryWindows({ backups, archived, histories: [], walSegmentSizeBytes: sizeBytes })
  return {
    node: 'pg-node-3',
    stanzaName: 'main',
    stanza: {
      name: 'main',
      cipher: 'none',
      statusCode: 0,
      message: 'ok',
      repositories: [{ key: 1, cipher: 'none', statusCode: 0, message: 'ok' }],
      databases: [{ id: 1, repository: 1, systemIdentifier: '7711258502852368380', version: '15' }],
      archives: [],
      backups: [...backups],
      backup: notRunning,
      restore: notRunning,
    },
    readAt: hour,
    backupsLeftOut: 0,
    runningSince: null,
    archive: {
      listedAt: hour,
      windows: windows.map(keepWindow),
      gaps: [],
      histories: [],
      marks: walMarks(archived, sizeBytes),
    },
    archiver: null,
    walSegmentSizeBytes: sizeBytes,
    timeline: 4,
    systemIdentifier: '7711258502852368380',
    problems: [],
    ...change,
  }
}

/** An agent that answers, on a node with room. */
export function madeAgent(node: string, change: Partial<AgentSight> = {}): AgentSight {
  const base = { node, state: 'enrolled', lockedReason: null, seenAt: hour, problem: null, vetoed: [] } as const
  return { ...base, stanza: 'main', dataFreeBytes: 50_000_000_000, ...change }
}

/** All three agents, some of them changed. */
export function madeAgents(change: Record<string, Partial<AgentSight>> = {}): AgentSight[] {
  return ['pg-node-1', 'pg-node-2', 'pg-node-3'].map((name) => madeAgent(name, change[name]))
}

/** A snapshot of a world that was as it is for two minutes. */
export function lasting(world: World = healthyWorld(hour)) {
  return follow({ ...world, at: secondsBefore(world.at, 120) }, world)
}

/** The healthy cluster, to be recovered to minute 9. */
export function madeCase(change: Partial<RestoreCase> = {}, wish: Partial<RestoreWish> = {}): RestoreCase {
  return {
    snapshot: lasting(),
    agents: madeAgents(),
    backups: madeView(),
    past: [],
    wish: {
      target: { type: 'time', at: minute(9), timeline: null },
      repository: null,
      check: 'select 1',
      commitsAlone: false,
      clientsBack: 'writable',
      ...wish,
    },
    runningBackup: null,
    now: hour,
    ...change,
  }
}
