import { renderToStaticMarkup } from 'react-dom/server'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { ClockProvider } from '#components/time/clock-provider.tsx'
import type { ArchiverSeen } from '#domain/wal/archiver-seen.ts'
import { notRunning } from '#domain/backup/backup-progress.ts'
import type { BackupView } from '#domain/backup/backup-view.ts'
import { minute, sizeBytes, wal } from '#domain/testing/backup-made.ts'
import { ArchiveCard } from './archive-card.tsx'
import { RunningBackup } from './running-backup.tsx'

const archiver: ArchiverSeen = {
  observedAt: minute(10),
  lastArchivedWal: wal(1, 10),
  lastArchivedAt: minute(9),
  lastFailedWal: null,
  lastFailedAt: null,
  failedCount: 0,
  waitingSegments: 1,
  archiveTimeoutSeconds: 60,
}
const view: BackupView = {
  node: 'pg-node-1',
  stanzaName: 'main',
  stanza: null,
  readAt: minute(10),
  backupsLeftOut: 0,
  runningSince: null,
  archive: null,
  archiver,
  walSegmentSizeBytes: sizeBytes,
  timeline: 1,
  systemIdentifier: null,
  problems: [],
}

function drawn(child: ReactNode, now: Date): string {
  const markup = renderToStaticMarkup(<ClockProvider serverNow={now}>{child}</ClockProvider>)
  return new DOMParser().parseFromString(markup, 'text/html').body.textContent
}

function archive(now: Date, isStale = false): string {
  return drawn(<ArchiveCard view={view} now={now} isStale={isStale} />, now)
}

test('an archiver that has told of late is said to work', () => {
  expect(archive(minute(15))).toContain('Archivingworking')
})

const heldBack = { recoveryAt: minute(1), fromAt: minute(2), untilAt: minute(4), endedAt: minute(9) }
const failed = { ...archiver, lastArchivedAt: null, lastFailedAt: minute(3), lastFailedWal: wal(2, 1), failedCount: 23 }

function withArchiver(seen: ArchiverSeen): string {
  const now = minute(10)
  return drawn(<ArchiveCard view={{ ...view, archiver: seen }} now={now} isStale={false} />, now)
}

test('what a recovery held back is told as that, and as failing where nothing is archived once it is over', () => {
  const archivedSince = withArchiver({ ...failed, lastArchivedAt: minute(5), heldBack })
  expect(archivedSince).toContain('Archivingworking')
  expect(archivedSince).toContain('Held back by the recovery of 00:01 until 00:04')
  expect(archivedSince).not.toContain('failed tries')
  const underWay = withArchiver({ ...failed, heldBack: { ...heldBack, untilAt: null, endedAt: null } })
  expect(underWay).toContain('Archivingheld back by a recovery')
  expect(underWay).toContain('Held back by the recovery of 00:01, which is under way')
  expect(withArchiver({ ...failed, heldBack })).toContain('Archivingfailing')
  expect(withArchiver(failed)).toContain('23 failed tries')
})

test('one that has not, or a view that is stale, is told as it was, with its age', () => {
  expect(archive(minute(17))).toContain('was working, as the leader told 7 min ago')
  expect(archive(minute(14), true)).toContain('was working, as the leader told 4 min ago')
})

test('a backup that was seen to run long ago is not said to run', () => {
  const running = { ...notRunning, isRunning: true, fraction: 0.4 }
  const shown = (lastSeenAt: Date | null) =>
    drawn(<RunningBackup progress={running} since={minute(1)} node="pg-node-1" lastSeenAt={lastSeenAt} />, minute(14))
  expect(shown(null)).toContain('A backup runs')
  expect(shown(null)).toContain('40 % is copied on pg-node-1.')
  expect(shown(minute(10))).toBe(
    'A backup ranIt was seen to run 4 min ago on pg-node-1; whether it ended is not known.',
  )
})
