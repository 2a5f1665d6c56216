import { fractionOf, notRunning, type BackupProgress } from '#domain/backup-progress.ts'
import type { InfoLock } from './info-schema.ts'

/** The progress in a lock of `info --output=json`: without sizes before 2.48, and while copying has not begun. */
export function progressOfLock(lock: InfoLock | null | undefined): BackupProgress {
  if (!lock?.held) return notRunning
  const repositories = (lock.repo ?? []).flatMap(({ key, size, 'size-cplt': done }) =>
    typeof size === 'number' ? [{ repository: key, totalBytes: size, doneBytes: done ?? 0 }] : [],
  )
  const totalBytes = lock.size ?? sumOf(repositories.map((each) => each.totalBytes))
  const doneBytes = lock['size-cplt'] ?? sumOf(repositories.map((each) => each.doneBytes))
  return { isRunning: true, fraction: fractionOf(doneBytes, totalBytes), totalBytes, doneBytes, repositories }
}

/** The progress in the text output of `info`, the only place that 2.45 to 2.47 tell it: `status: ok (backup/expire running - 42.50% complete)`. */
export function parseProgressText(text: string): BackupProgress {
  const match =
    /^\s*status: [^\n]*\((?:backup\/expire|backup|expire) running(?: - (\d{1,3}(?:\.\d{1,4})?)% complete)?\)/m.exec(
      text,
    )
  if (match === null) return notRunning
  return { ...notRunning, isRunning: true, fraction: percentAsFraction(match[1]) }
}

/** How far a restore is, 0 to 1, by the newest line of its log at level detail: `restore file /path (512KB, 85.35%) checksum ...`; null where none tells. */
export function parseRestoreProgress(log: string): number | null {
  const lines = log.matchAll(/\brestore file [^\n]* \([\d.]+[A-Z]{1,2}, (\d{1,3}(?:\.\d{1,4})?)%\)/g)
  let newest: number | null = null
  // Several processes write, so the last line need not be the furthest.
  for (const [, percent] of lines) newest = Math.max(newest ?? 0, percentAsFraction(percent) ?? 0)
  return newest
}

function percentAsFraction(percent: string | undefined): number | null {
  return percent === undefined ? null : fractionOf(Number(percent), 100)
}

function sumOf(parts: readonly number[]): number | null {
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0)
}
