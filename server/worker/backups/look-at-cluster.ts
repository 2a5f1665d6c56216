import type { ArchiverReading } from '#domain/wal/archiver-seen.ts'
import { isRepositoryReadable } from '#domain/backup/backup-repository.ts'
import { boundedArchive, boundedBackups } from '#domain/backup/backup-view-bounds.ts'
import type { ArchiveView, BackupView, BackupViewPart, BackupViewProblem } from '#domain/backup/backup-view.ts'
import type { BackupStanza } from '#domain/backup/backup-stanza.ts'
import { defaultWalSegmentSizeBytes } from '#domain/wal/wal-segment.ts'
import type { CallKey } from '#server/adapters/agent/call.ts'
import {
  readBackupInfo,
  readProgressText,
  readBackupSettings,
  type AskedAgent,
  type BackupSettings,
} from '#server/adapters/agent/pgbackrest.ts'
import { AppError } from '#server/errors.ts'
import type { StoredAgent } from '#server/store/agents.ts'
import type { BackupLook } from '#server/store/backup-view.ts'
import type { BackupMemory } from './backup-memory.ts'
import { readArchive } from './read-archive.ts'
import { isBusy, stillRunning } from './still-running.ts'
import { archiveDue } from './when-to-look.ts'

export interface ClusterQuestion {
  /** In the order in which they are asked. */
  agents: readonly StoredAgent[]
  key: CallKey
  /** What was seen before. */
  last: BackupView | null
  /** True = somebody waits for the first view at all: the archive, which may take minutes to list, is left to the next look. */
  isFirst: boolean
  memory: BackupMemory
  timeline: number | null
  systemIdentifier: string | null
  /** Asks the leader's Postgres; null where nothing may be asked there. */
  readArchiver: (() => Promise<ArchiverReading>) | null
  signal: AbortSignal
  now: Date
}

/** What a look brought. `hasEnded`: something that ran ended while the archive was listed, and what it left was not seen. */
export type ClusterLook = Exclude<BackupLook, { view: BackupView }> | { view: BackupView; hasEnded: boolean }

/** Looks at one cluster's backups, its archive and its archiver; what cannot be read anew stays as it was, with the reason. */
export async function lookAtCluster(question: ClusterQuestion): Promise<ClusterLook> {
  const { last, now, timeline, systemIdentifier } = question
  const problems: BackupViewProblem[] = []
  const tried = async <T>(part: BackupViewPart, before: T, look: () => Promise<T>): Promise<T> => {
    try {
      return await look()
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const since = last?.problems.find((problem) => problem.part === part)?.since ?? now
      problems.push({ part, sentence: error.message, since })
      return before
    }
  }
  // Before the repositories are asked: what is archived in between would look as if the archive lacked it.
  const reading = await tried<ArchiverReading | null>('archiver', null, async () =>
    question.readArchiver === null ? null : question.readArchiver(),
  )
  const found = await askAround(question)
  if ('problem' in found) return found
  const { asked, settings } = found
  const { walSegmentSizeBytes = last?.walSegmentSizeBytes ?? defaultWalSegmentSizeBytes, ...archiver } = reading ?? {}
  const seen = found.stanza && (await withProgress(asked, found.stanza))
  const before = last?.archive ?? null
  const archive = question.isFirst
    ? null
    : await tried('archive', before, () => archiveOf(asked, question, seen, walSegmentSizeBytes))
  const isListed = archive !== before || problems.some(({ part }) => part === 'archive')
  const stanza = seen && isListed ? await stillRunning(asked, seen) : seen
  const backups = boundedBackups(stanza?.backups ?? [])
  return {
    view: {
      node: asked.agent.node,
      stanzaName: settings.stanza,
      stanza: stanza && { ...stanza, backups },
      readAt: now,
      backupsLeftOut: (stanza?.backups.length ?? 0) - backups.length,
      runningSince: stanza?.backup.isRunning ? (last?.runningSince ?? now) : null,
      archive: archive && boundedArchive(archive),
      archiver: reading === null ? (last?.archiver ?? null) : { ...nothingArchived, ...archiver, observedAt: now },
      walSegmentSizeBytes,
      timeline,
      systemIdentifier,
      retention: settings.retention,
      problems,
    },
    hasEnded: seen !== null && stanza !== null && isBusy(seen) && !isBusy(stanza),
  }
}

const nothingArchived = {
  lastArchivedWal: null,
  lastArchivedAt: null,
  lastFailedWal: null,
  lastFailedAt: null,
  failedCount: 0,
  waitingSegments: null,
  archiveTimeoutSeconds: null,
}

interface Found {
  asked: AskedAgent
  settings: BackupSettings
  stanza: BackupStanza | null
}

/**
 * The first agent that knows its stanza and reads all its repositories; else the first that knows its stanza, else the first that
 * answered, else why the first of all did not.
 */
async function askAround({ agents, key, signal, memory, now }: ClusterQuestion): Promise<Found | { problem: string }> {
  let unread: Found | null = null
  let without: Found | null = null
  let problem: string | null = null
  for (const agent of agents) {
    const asked = { agent, key, signal }
    try {
      const settings = await settingsOf(asked, memory, now)
      const stanza = await readBackupInfo(asked, settings.stanza)
      const found = { asked, settings, stanza }
      if (stanza === null) without ??= found
      else if (stanza.repositories.every(isRepositoryReadable)) return found
      else unread ??= found
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      memory.settings.delete(agent.id)
      problem ??= error.message
    }
  }
  return unread ?? without ?? { problem: problem ?? 'Every agent of this cluster forbids to look at its backups.' }
}

/** Facts cost the node more than settings are worth each time. */
async function settingsOf(asked: AskedAgent, { settings }: BackupMemory, now: Date): Promise<BackupSettings> {
  const known = settings.get(asked.agent.id)
  if (known && now.getTime() - known.readAt.getTime() < settingsHoldMs) return known
  const read = await readBackupSettings(asked)
  settings.set(asked.agent.id, { ...read, readAt: now })
  return read
}

const settingsHoldMs = 600_000

/** A pgBackRest before 2.48 tells progress as text alone; without it the backup is still known to run. */
async function withProgress(asked: AskedAgent, stanza: BackupStanza): Promise<BackupStanza> {
  if (!stanza.backup.isRunning || stanza.backup.totalBytes !== null) return stanza
  try {
    const told = await readProgressText(asked, stanza.name)
    return told.isRunning ? { ...stanza, backup: { ...stanza.backup, fraction: told.fraction } } : stanza
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return stanza
  }
}

async function archiveOf(
  asked: AskedAgent,
  { last, memory, timeline, now }: ClusterQuestion,
  stanza: BackupStanza | null,
  walSegmentSizeBytes: number,
): Promise<ArchiveView | null> {
  if (stanza === null) return null
  const extent = archiveDue(last, { stanza, timeline, wholeAt: memory.wholeAt, now })
  if (extent === 'nothing') return last?.archive ?? null
  const view = await readArchive(asked, { stanza, walSegmentSizeBytes, memory, extent, now })
  if (extent === 'whole') memory.wholeAt = now
  return view
}
