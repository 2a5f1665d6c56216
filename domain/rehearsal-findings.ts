import type { BackupFinding } from './backup-finding.ts'
import { formatAge } from './format.ts'

/** What is known of a rehearsal that has ended. */
export interface RehearsalSeen {
  endedAt: Date
  /** False where the backups did not yield what was asked for. */
  isGood: boolean
  /** What they did not yield; null where it went well. */
  fault: string | null
}

/** Whether the newest rehearsal failed, and whether one has gone well lately: a backup that was never restored is a hope. */
export function rehearsalFindings(rehearsals: readonly RehearsalSeen[], now: Date): BackupFinding[] {
  const inOrder = rehearsals.toSorted((a, b) => a.endedAt.getTime() - b.endedAt.getTime())
  const newest = inOrder.at(-1)
  const good = inOrder.findLast(({ isGood }) => isGood)
  if (newest !== undefined && !newest.isGood) return [failed(newest, good, now)]
  if (good === undefined) return [neverRehearsed]
  return now.getTime() - good.endedAt.getTime() > overdueMs ? [overdue(good, now)] : []
}

/** A month, and some days in which to find the time. */
const overdueMs = 35 * 86_400_000

function failed({ endedAt, fault }: RehearsalSeen, good: RehearsalSeen | undefined, now: Date): BackupFinding {
  const before =
    good === undefined ? 'None has ever gone well.' : `The last that went well was ${formatAge(good.endedAt, now)} ago.`
  return {
    ...ofCluster,
    kind: 'rehearsal-failed',
    severity: 'critical',
    sentence: `The rehearsal that ended ${formatAge(endedAt, now)} ago failed: ${fault ?? 'its report says how.'} ${before}`,
    advice: 'Read its report, put right what it says, and rehearse again: a real recovery would fail in the same way.',
  }
}

function overdue({ endedAt }: RehearsalSeen, now: Date): BackupFinding {
  return {
    ...ofCluster,
    kind: 'rehearsal-overdue',
    severity: 'warning',
    sentence: `The last recovery that was rehearsed and went well was ${formatAge(endedAt, now)} ago.`,
    advice: 'Rehearse a recovery now: it disturbs nobody and shows that the backups can still be restored.',
  }
}

const ofCluster = { repository: null, backup: null } as const

const neverRehearsed: BackupFinding = {
  ...ofCluster,
  kind: 'rehearsal-overdue',
  severity: 'warning',
  sentence: 'No recovery of this cluster was ever rehearsed: whether its backups can be restored is not proven.',
  advice: 'Rehearse one now: it disturbs nobody and tells how long a real one would take.',
}
