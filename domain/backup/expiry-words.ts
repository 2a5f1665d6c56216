import type { ExpiryPreview } from './expiry-preview.ts'
import { count, listNames } from '#domain/words.ts'

/** What goes, or has gone, in sentences. */
export function expiryWords({ backups, archives }: ExpiryPreview, verb: 'would go' | 'went'): string[] {
  if (backups.length === 0 && archives.length === 0) {
    return [
      verb === 'went'
        ? 'Nothing went: retention keeps all that is there.'
        : 'Nothing would go: retention keeps all that is there.',
    ]
  }
  const labels = backups.map(({ label }) => label)
  const named =
    labels.length > mostNamed
      ? `${labels.slice(0, mostNamed).join(', ')} and ${labels.length - mostNamed} more`
      : listNames(labels)
  return [
    backups.length === 0 ? `No backup ${verb}.` : `${count(backups.length, 'backup')} ${verb}: ${named}.`,
    ...archives.map(
      ({ archiveId, first, last }) =>
        `WAL of ${archiveId} ${verb} as well, ${first} to ${last}: no moment in it can be recovered after.`,
    ),
  ]
}

/** What of `found` is not in `shown`. */
export function beyond(found: ExpiryPreview, shown: ExpiryPreview): ExpiryPreview {
  return {
    backups: found.backups.filter(
      ({ repository, label }) =>
        !shown.backups.some((other) => other.repository === repository && other.label === label),
    ),
    archives: found.archives.filter(
      ({ repository, archiveId, first, last }) =>
        !shown.archives.some(
          (other) =>
            other.repository === repository &&
            other.archiveId === archiveId &&
            other.first <= first &&
            last <= other.last,
        ),
    ),
  }
}

/** True where nothing is in it. */
export function isNothing({ backups, archives }: ExpiryPreview): boolean {
  return backups.length === 0 && archives.length === 0
}

const mostNamed = 8
