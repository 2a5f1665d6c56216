import type { ArchiveView } from './backup-view.ts'
import { missingReferences, type Backup } from './backup.ts'

/**
 * The newest backups, each with no more references than can be told. Those to backups that are gone come first, because they
 * count most; those to backups that are merely not kept are left out, so that they are not taken for gone.
 */
export function boundedBackups(backups: readonly Backup[]): Backup[] {
  const kept = backups.slice(-mostBackups)
  const keyOf = (repository: number, label: string) => `${repository} ${label}`
  const keys = new Set(kept.map(({ repository, label }) => keyOf(repository, label)))
  return kept.map((backup) => {
    const { repository, prior, references } = backup
    const isKept = (label: string) => keys.has(keyOf(repository, label))
    const isWhole = references.every(isKept) && (prior === null || isKept(prior))
    const missing = isWhole ? [] : missingReferences(backup, backups)
    const held = references.filter(isKept)
    return {
      ...backup,
      prior: prior === null || isKept(prior) || missing.includes(prior) ? prior : null,
      references: [...missing, ...held].slice(0, mostReferences),
      annotations: Object.fromEntries(Object.entries(backup.annotations).slice(0, mostAnnotations)),
    }
  })
}

/** The newest of everything an archive may have very many of. */
export function boundedArchive({ listedAt, windows, gaps, histories, marks = [] }: ArchiveView): ArchiveView {
  return {
    listedAt,
    windows: windows.slice(-mostWindows).map((window) => ({ ...window, backups: window.backups.slice(-mostBackups) })),
    gaps: gaps.slice(-mostWindows),
    histories: histories.slice(-mostWindows),
    marks: marks.slice(0, mostMarks),
  }
}

/** Years of daily backups; a view stays well below a few MB. */
const mostBackups = 1_000
const mostReferences = 20
const mostAnnotations = 5
const mostWindows = 200
const mostMarks = 500
