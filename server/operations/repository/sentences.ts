import { expiryWords } from '#domain/backup/expiry-words.ts'
import type { RepositoryPlan } from '#domain/plan/repository-plan.ts'
import { count } from '#domain/words.ts'
import type { Facts } from '../define.ts'

/** The verified outcome in one sentence. */
export function succeededSentence({ chore }: Facts, plan: RepositoryPlan): string {
  const { kind, clusterName, repository, stanza } = plan
  switch (kind) {
    case 'repository-check':
      return `Archiving of ${clusterName} works: every repository has the WAL that the leader archived last.`
    case 'repository-verify':
      return `Repository ${repository} of ${clusterName} is whole: ${count(chore?.checkedFiles ?? 0, 'file')} were read, and none is damaged or missing.`
    case 'repository-expire': {
      const words = chore?.expired ? expiryWords(chore.expired, 'went') : []
      return `Repository ${repository} of ${clusterName} keeps no more than it should. ${[...words, ...(chore?.findings ?? [])].join(' ')}`.trim()
    }
    case 'stanza-create':
      return `The stanza ${stanza} of ${clusterName} is set up. Take a full backup: until then nothing can be restored.`
  }
}

/** What may have happened at the node when a step broke off; null where nothing was changed. */
export function sentSoFar({ sends = 0, chore, wouldGo }: Facts, { kind, node }: RepositoryPlan): string | null {
  if (kind === 'repository-verify' || kind === 'repository-check') return null
  if (kind === 'repository-expire' && !wouldGo && !chore && sends === 0) return null
  return `pgBackRest may have been at work on ${node}: see what pgbackrest info lists there.`
}
