import { count } from '#domain/words.ts'

/** What a repository keeps, by the settings of pgBackRest on one node. */
export interface RepositoryRetention {
  repository: number
  /** repo-retention-full: full backups, or days where `fullType` is `time`; null = all are kept. */
  full: number | null
  fullType: 'count' | 'time'
  /** repo-retention-diff; null = as long as the full backup that they build on. */
  diff: number | null
  /** repo-retention-archive: for so many backups of `archiveType` all WAL is kept; null = for every backup that is. */
  archive: number | null
  archiveType: 'full' | 'diff' | 'incr'
}

/** What a repository keeps, in sentences. */
export function describeRetention(retention: RepositoryRetention): string[] {
  const { repository, full } = retention
  if (full === null) {
    return [
      `Repository ${repository} keeps every backup for ever: repo${repository}-retention-full is not set, so it grows until its disk is full.`,
    ]
  }
  return [
    `Repository ${repository} keeps ${fullWords(retention, full)}${diffWords(retention)}.`,
    archiveWords(retention),
  ]
}

/** The repositories that keep so many full backups by number, for findings. */
export function countedFulls(retention: readonly RepositoryRetention[]): { repository: number; backups: number }[] {
  return retention.flatMap(({ repository, full, fullType }) =>
    full === null || fullType === 'time' ? [] : [{ repository, backups: full }],
  )
}

function fullWords({ fullType }: RepositoryRetention, full: number): string {
  // By time, one full backup older than the limit stays, so that every moment within it can be recovered.
  if (fullType === 'time') return `the full backups of the last ${count(full, 'day')}, and the newest one before that`
  return full === 1 ? 'the newest full backup alone' : `the newest ${count(full, 'full backup')}`
}

function diffWords({ diff }: RepositoryRetention): string {
  if (diff === null) return ', with all that builds on them'
  return diff === 1
    ? ', and of the differential ones the newest alone'
    : `, and of the differential ones the newest ${diff}`
}

function archiveWords({ archive, archiveType, full, fullType }: RepositoryRetention): string {
  if (archive === null || (archiveType === 'full' && fullType === 'count' && full !== null && archive >= full)) {
    return 'WAL is kept from the oldest of these on.'
  }
  const kind = { full: 'full', diff: 'full or differential', incr: '' }[archiveType]
  const kept = count(archive, `${kind} backup`.trim())
  return `WAL is kept for the newest ${kept}; of an older backup only the moment at which it ended can be recovered.`
}
