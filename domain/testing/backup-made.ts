import type { ArchivedWal } from '#domain/wal/archived-wal.ts'
import type { Backup } from '#domain/backup/backup.ts'
import { numberedSegment, walSegmentName } from '#domain/wal/wal-segment.ts'

/** 16 MiB, as most clusters have it. */
export const sizeBytes = 16_777_216
/** 2026-11-24 00:00:00 UTC. */
export const startMs = Date.UTC(2026, 10, 24)

/** The moment so many minutes after the start. */
export function minute(minutes: number): Date {
  return new Date(startMs + minutes * 60_000)
}

/** The name of a segment by its number. */
export function wal(timeline: number, number: number): string {
  return walSegmentName(numberedSegment(timeline, number, sizeBytes))
}

/** A full backup of one segment that ends at that minute, with what is to be otherwise. */
export function madeBackup(
  timeline: number,
  segment: number,
  stopMinute: number,
  change: Partial<Backup> = {},
): Backup {
  return {
    label: labelOf(stopMinute, 'F'),
    type: 'full',
    repository: 1,
    startedAt: minute(stopMinute - 1),
    stoppedAt: minute(stopMinute),
    sizeBytes: 1_000_000,
    deltaBytes: 1_000_000,
    repositorySizeBytes: 200_000,
    repositoryDeltaBytes: 200_000,
    prior: null,
    references: [],
    walStart: wal(timeline, segment),
    walStop: wal(timeline, segment),
    lsnStart: segment * sizeBytes + 40,
    lsnStop: segment * sizeBytes + 300,
    timeline,
    hasPageErrors: false,
    annotations: {},
    isOfThisCluster: true,
    ...change,
  }
}

/** A label as pgBackRest makes it of a moment. */
export function labelOf(minutes: number, letter: 'F' | 'D' | 'I'): string {
  return `${minute(minutes).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}${letter}`
}

/** An archive whose segment n of a timeline was archived at minute n, unless it says another. */
export function madeArchive(segments: readonly { timeline: number; number: number; minute?: number }[]): ArchivedWal {
  return {
    repository: 1,
    archiveId: '15-1',
    segments: segments.map(({ timeline, number, minute: at = number }) => ({
      name: wal(timeline, number),
      archivedAt: minute(at),
      sizeBytes: 1000,
    })),
    partials: [],
    histories: [],
  }
}

/** The numbers from one to another, both included, on one timeline. */
export function segments(timeline: number, first: number, last: number): { timeline: number; number: number }[] {
  return Array.from({ length: last - first + 1 }, (_, index) => ({ timeline, number: first + index }))
}
