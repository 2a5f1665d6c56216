import type { RecoveryEvidence } from '#domain/recovery/recovery-window.ts'
import { recoveryWindows } from '#domain/recovery/recovery-windows-of.ts'
import { madeArchive, madeBackup, labelOf, minute, segments, sizeBytes } from '#domain/testing/backup-made.ts'
import type { TimelineHistory } from '#domain/snapshot/timeline-history.ts'
import { walGaps } from '#domain/wal/wal-gaps.ts'
import type { AxisGiven } from './lay-out-axis.ts'

const histories: TimelineHistory[] = [
  {
    timeline: 2,
    beganAt: minute(50),
    ancestors: [
      {
        timeline: 1,
        endLsn: 50 * sizeBytes,
        reason: 'no recovery target specified',
        leftAt: minute(50),
        endedAt: minute(50),
        isAbandoned: false,
      },
    ],
  },
]

const evidence: RecoveryEvidence = {
  backups: [
    madeBackup(1, 1, 1),
    madeBackup(1, 30, 30, { type: 'diff', label: labelOf(30, 'D') }),
    madeBackup(2, 60, 60, { type: 'incr', label: labelOf(60, 'I') }),
  ],
  archived: madeArchive([...segments(1, 1, 20), ...segments(1, 23, 49), ...segments(2, 50, 95)]),
  histories,
  walSegmentSizeBytes: sizeBytes,
}

/** An hour and a half with a backup of each type, a gap in the WAL and a change of the timeline. */
export const givenAxis: AxisGiven = {
  windows: recoveryWindows(evidence),
  backups: evidence.backups,
  gaps: walGaps(evidence.archived, histories, sizeBytes).map((gap) => ({ repository: 1, gap })),
  histories,
  line: [1, 2],
  now: minute(101),
}
