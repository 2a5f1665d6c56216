import { formatBytes } from '#domain/format.ts'
import { isNothing } from '#domain/backup/expiry-words.ts'
import type { RepositoryPlanning } from './planning.ts'

/** What is worth knowing before a chore on a repository, but does not stand in the way. */
export function repositoryWarnings(given: RepositoryPlanning): string[] {
  switch (given.wish.kind) {
    case 'repository-verify':
      return [heavy(given), running(given)].filter((warning) => warning !== null)
    case 'repository-expire':
      return [...keepsAll(given), ...leavesFew(given)]
    case 'stanza-create':
      return given.view?.stanza
        ? [`The stanza ${given.stanza} is there already; only a repository that lacks it is set up.`]
        : []
    case 'repository-check':
      return []
  }
}

function heavy({ view, wish, node }: RepositoryPlanning): string | null {
  const backups = (view?.stanza?.backups ?? []).filter(({ repository }) => repository === wish.repository)
  const bytes = backups.reduce((sum, backup) => sum + backup.repositoryDeltaBytes, 0)
  const what = bytes === 0 ? 'Every file of the repository' : `${formatBytes(bytes)} of backups, and all WAL,`
  return node === '' ? null : `${what} will be read through ${node}, which its disks and network notice.`
}

function running({ view }: RepositoryPlanning): string | null {
  return view?.stanza?.backup.isRunning
    ? 'A backup is running: what it has copied so far is told as in progress.'
    : null
}

function keepsAll({ view, wish }: RepositoryPlanning): string[] {
  const retention = view?.retention?.find(({ repository }) => repository === wish.repository)
  if (wish.set !== null || !retention || retention.full !== null) return []
  return [`Nothing will expire: repo${wish.repository}-retention-full is not set, so every backup is kept for ever.`]
}

/** Retention never takes the last full backup, but it may take all but that. */
function leavesFew({ view, wish }: RepositoryPlanning): string[] {
  const { preview = null } = wish
  if (preview === null || isNothing(preview) || !view?.stanza) return []
  const gone = new Set(preview.backups.map(({ label }) => label))
  const left = view.stanza.backups.filter(
    ({ repository, type, label, isOfThisCluster }) =>
      repository === wish.repository && type === 'full' && isOfThisCluster && !gone.has(label),
  )
  if (left.length !== 1) return []
  return [`One full backup is left after that: ${left[0]?.label}. If it turns out bad there is no other.`]
}
