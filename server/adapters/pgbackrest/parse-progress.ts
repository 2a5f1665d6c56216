import { fractionOf, notRunning, type BackupProgress } from '#domain/backup/backup-progress.ts'
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

function percentAsFraction(percent: string | undefined): number | null {
  return percent === undefined ? null : fractionOf(Number(percent), 100)
}

function sumOf(parts: readonly number[]): number | null {
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0)
}
