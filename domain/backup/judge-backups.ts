import { canArchiveMore, isArchiverOld } from '#domain/wal/archiver-seen.ts'
import type { BackupFinding } from './backup-finding.ts'
import { backupFindings } from './backup-findings.ts'
import { isRepositoryReadable } from './backup-repository.ts'
import type { BackupStanza } from './backup-stanza.ts'
import type { BackupSchedule } from './backup-schedule.ts'
import { windowsIn, type ArchiveView, type BackupView } from './backup-view.ts'
import type { KeptRun } from './due-runs.ts'
import { formatAge } from '#domain/format.ts'
import { otherClusterSentence, otherDatabases } from './other-cluster.ts'
import type { RecoveryWindow } from '#domain/recovery/recovery-window.ts'
import { countedFulls } from './repository-retention.ts'
import { recoveryBounds, recoveryEnds, recoveryReach } from '#domain/recovery/recovery-words.ts'
import type { RehearsalScheduleSeen, RehearsalSeen } from '#domain/rehearsal/rehearsal-findings.ts'
import { lineOf, type TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { listNames } from '#domain/words.ts'

/** What a view means at one moment. */
export interface JudgedBackups {
  /** How far back and how close to now recovery can reach, in a sentence. */
  sentence: string
  /** The exact ends of that, each with what makes it one; null = there are none. */
  ends: string | null
  /** The earliest and the latest moment on the current line; null = none. */
  bounds: { earliestAt: Date; latestAt: Date } | null
  windows: RecoveryWindow[]
  /** The current timeline with those it descends from. */
  line: number[]
  /** The worst first. */
  findings: BackupFinding[]
}

/** A schedule that is in force, and how its runs came about. */
export interface ScheduleSeen {
  schedule: BackupSchedule
  since: Date
  runs: readonly KeptRun[]
}

/** What is known beside the view; what is not known, or of what none is in force, is null or absent. */
export interface KnownBeside {
  rehearsals?: readonly RehearsalSeen[] | null
  scheduled?: ScheduleSeen | null
  rehearsalsScheduled?: RehearsalScheduleSeen | null
}

/**
 * Judges a view as of `now`, and the rehearsals where they are known; where no schedule is in force, by what is usual. What a repository holds of another
 * cluster is nothing that this one can be recovered from.
 */
export function judgeBackups(view: BackupView, now: Date, beside: KnownBeside = {}): JudgedBackups {
  const others = otherRepositories(view)
  const windows = windowsIn(view).filter(({ repository }) => !others.has(repository))
  const line = currentLine(view)
  return {
    sentence: sentenceOf(view, { windows, line, others }, now),
    ends: view.archive === null ? null : recoveryEnds(windows, line),
    bounds: recoveryBounds(windows, line),
    windows,
    line,
    findings: findingsOf(view, now, beside),
  }
}

function findingsOf(view: BackupView, now: Date, beside: KnownBeside): BackupFinding[] {
  const { rehearsals = null, scheduled = null, rehearsalsScheduled = null } = beside
  const { stanza, systemIdentifier, archive, archiver, walSegmentSizeBytes, runningSince, readAt } = view
  if (stanza === null) return []
  return backupFindings({
    stanza,
    systemIdentifier,
    schedule: scheduled?.schedule ?? null,
    ...(scheduled && { scheduledSince: scheduled.since, runs: scheduled.runs }),
    gaps: archive?.gaps ?? [],
    archiver: archiver === null || isArchiverOld(archiver, now) ? null : archiver,
    walSegmentSizeBytes,
    // Of a backup that was seen running long ago nobody knows whether it still does.
    runningSince: now.getTime() - readAt.getTime() > runningHoldsMs ? null : runningSince,
    retentionFull: countedFulls(view.retention ?? []),
    rehearsals,
    rehearsalsScheduled,
    now,
  })
}

interface Reach extends Pick<JudgedBackups, 'windows' | 'line'> {
  /** Repositories of another cluster. */
  others: ReadonlySet<number>
}

function sentenceOf(view: BackupView, { windows, line, others }: Reach, now: Date): string {
  const { stanza, stanzaName, node, archive, archiver } = view
  if (stanza === null) return `pgBackRest on ${node} knows no stanza ${stanzaName}: nothing is backed up.`
  const own = stanza.backups.filter((backup) => backup.isOfThisCluster && !others.has(backup.repository))
  const newest = own.toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime()).at(-1)
  if (newest === undefined) {
    return (
      otherSentence(view) ?? unreadSentence(stanza) ?? 'No moment can be recovered: there is no backup of this cluster.'
    )
  }
  if (archive !== null) {
    const goesOn = windows.length > 0 && canArchiveMore(archiver, now) ? whileItLives : ''
    return recoveryReach(windows, line, now) + goesOn + listedLongAgo(archive, now)
  }
  return `The newest backup ended ${formatAge(newest.stoppedAt, now)} ago. What WAL is archived after it has not been seen yet.`
}

/** The reach is of what is archived; a cluster that works is recovered to later moments as well. */
const whileItLives = ' While the leader lives, what came later is archived before a recovery begins.'

function otherRepositories({ stanza, systemIdentifier }: BackupView): Set<number> {
  return new Set(stanza === null ? [] : otherDatabases(stanza, systemIdentifier).map(({ repository }) => repository))
}

/** Null where every repository is of this cluster. */
function otherSentence({ stanza, systemIdentifier }: BackupView): string | null {
  if (stanza === null || systemIdentifier === null) return null
  const sentences = otherDatabases(stanza, systemIdentifier).map((each) => otherClusterSentence(each, systemIdentifier))
  return sentences.length === 0 ? null : `No moment of this cluster can be recovered. ${sentences.join(' ')}`
}

/** The archive is listed every few minutes; what an older listing shows may have expired since. */
function listedLongAgo({ listedAt }: ArchiveView, now: Date): string {
  if (now.getTime() - listedAt.getTime() <= listingHoldsMs) return ''
  return ` That is as of ${formatAge(listedAt, now)} ago, when the archive was last listed.`
}

/** Null where every repository could be read. */
function unreadSentence({ repositories }: BackupStanza): string | null {
  const unread = repositories.filter((repository) => !isRepositoryReadable(repository)).map(({ key }) => String(key))
  if (unread.length === 0) return null
  return unread.length === 1
    ? `Repository ${unread[0]} cannot be read: what it holds, and so what can be recovered, is not known.`
    : `Repositories ${listNames(unread)} cannot be read: what they hold, and so what can be recovered, is not known.`
}

/**
 * Where the current timeline is not known, it is the newest that anything is known of. Its history is archived some time after a
 * promotion; until then it is taken to go on from the newest timeline before it.
 */
function currentLine({ timeline, archive, stanza }: BackupView): number[] {
  const histories = archive?.histories ?? []
  const known = [
    ...(archive?.windows ?? []).map((window) => window.timeline),
    ...histories.map((history) => history.timeline),
    ...(stanza?.backups ?? []).map((backup) => backup.timeline ?? 0),
  ]
  const current = timeline ?? Math.max(0, ...known)
  return current === 0 ? [] : lineUpTo(current, histories, known)
}

function lineUpTo(timeline: number, histories: readonly TimelineHistory[], known: readonly number[]): number[] {
  const history = histories.find((each) => each.timeline === timeline)
  if (history !== undefined) return lineOf(history)
  const before = Math.max(0, ...known.filter((each) => each < timeline))
  return before === 0 ? [timeline] : [...lineUpTo(before, histories, known), timeline]
}

const listingHoldsMs = 900_000
const runningHoldsMs = 300_000
