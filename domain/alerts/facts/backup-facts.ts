import type { BackupFindingKind } from '#domain/backup/backup-finding.ts'
import { lastBackupOf } from '#domain/backup/last-backup.ts'
import type { FactRow } from '#domain/alerts/rule.ts'
import type { Facts } from './names.ts'
import { type BackupsSource, type FactSources, secondsSince } from './sources.ts'

type Names =
  | 'hasBackups'
  | 'backupAgeSeconds'
  | 'fullBackupAgeSeconds'
  | 'backupOverdue'
  | 'hasWalGap'
  | 'lacksReference'
  | 'hasPageErrors'
  | 'recoveryLagSeconds'
  | 'rehearsal'

/** What is known of the backups; what nobody could look at lately is not, but for ages, which go on by themselves. */
export function backupFacts({ backups, now }: FactSources): Pick<Facts<'cluster'>, Names> {
  if (backups === null) return { ...nothing, hasBackups: false }
  const { view, judged, rehearsals } = backups
  const own = (view.stanza?.backups ?? []).filter(({ isOfThisCluster }) => isOfThisCluster)
  const isFresh = isFreshView(backups, now)
  const found = (kind: BackupFindingKind) => judged.findings.some((finding) => finding.kind === kind)
  const seen = <T>(value: T) => (isFresh ? value : null)
  return {
    hasBackups: true,
    backupAgeSeconds: secondsSince(newestEnd(own.map(({ stoppedAt }) => stoppedAt)), now),
    fullBackupAgeSeconds: secondsSince(
      newestEnd(own.filter(({ type }) => type === 'full').map(({ stoppedAt }) => stoppedAt)),
      now,
    ),
    backupOverdue: lastBackupOf(view, judged.findings).overdue ?? 'no',
    hasWalGap: seen(found('wal-gap')),
    lacksReference: seen(found('reference-gone')),
    hasPageErrors: seen(found('page-errors')),
    recoveryLagSeconds: seen(secondsSince(judged.bounds?.latestAt ?? null, now)),
    rehearsal: rehearsalOf(found, rehearsals.length),
  }
}

/** Each repository of the stanza, named as pgBackRest numbers them. */
export function repositoryRows({ backups, now }: FactSources): FactRow[] {
  const stanza = backups?.view.stanza
  if (!backups || !stanza) return []
  const isFresh = isFreshView(backups, now)
  return stanza.repositories.map(({ key, statusCode }) => {
    const own = stanza.backups.filter(({ repository, isOfThisCluster }) => repository === key && isOfThisCluster)
    const facts: Facts<'repository'> = {
      isUsable: isFresh ? usableCodes.has(statusCode) : null,
      backups: isFresh ? own.length : null,
      backupAgeSeconds: secondsSince(newestEnd(own.map(({ stoppedAt }) => stoppedAt)), now),
    }
    return { scope: 'repository', subject: `repo${key}`, member: null, facts }
  })
}

/** An empty repository works; that no backup is in any is told by its own rule. */
const usableCodes: ReadonlySet<number> = new Set([0, 2])

/** The backups are looked at every minute; older than five, they may be others by now. */
export function isFreshView({ takenAt }: BackupsSource, now: Date): boolean {
  return now.getTime() - takenAt.getTime() <= 300_000
}

const nothing = {
  backupAgeSeconds: null,
  fullBackupAgeSeconds: null,
  backupOverdue: null,
  hasWalGap: null,
  lacksReference: null,
  hasPageErrors: null,
  recoveryLagSeconds: null,
  rehearsal: null,
} as const

function rehearsalOf(found: (kind: BackupFindingKind) => boolean, ended: number): string | null {
  if (found('rehearsal-failed')) return 'failed'
  if (found('rehearsal-overdue')) return 'overdue'
  return ended > 0 ? 'good' : null
}

function newestEnd(ends: readonly Date[]): Date | null {
  return ends.toSorted((a, b) => a.getTime() - b.getTime()).at(-1) ?? null
}
