import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import { expiryWords } from '#domain/backup/expiry-words.ts'
import type { RepositoryChore } from '#domain/plan/repository-plan.ts'
import type { RepositoryPlanning } from './planning.ts'

/** What a chore on a repository will do, in order. */
export function repositorySentences(given: RepositoryPlanning): string[] {
  const { snapshot, node, stanza, wish } = given
  if (node === '') return []
  const { repository } = wish
  const leader = snapshot.leader?.name ?? node
  switch (wish.kind) {
    case 'repository-check':
      return [
        `The agent on ${node} runs pgbackrest check for the stanza ${stanza}: it holds the settings of every repository against the cluster.`,
        `${leader} begins a new WAL segment, and pgBackRest waits up to a minute until every repository has the one before.`,
        'Clients can go on reading and writing, and no backup is touched.',
      ]
    case 'repository-verify':
      return [
        `The agent on ${node} has pgBackRest read every file of repository ${repository} and hold it against the checksum that was kept of it.`,
        'Matriarch then says which backups and which WAL are damaged or missing: pgBackRest itself ends well even where they are.',
        'Nothing is changed. It can be cancelled at any time.',
      ]
    case 'repository-expire':
      return [
        'Matriarch asks once more what would go, and stops if that is more than was shown here.',
        wish.set === null
          ? `The agent on ${node} has pgBackRest remove from repository ${repository} what its retention no longer keeps.`
          : `The agent on ${node} has pgBackRest remove backup ${wish.set} from repository ${repository}, with all that builds on it.`,
        ...previewSentences(wish.preview ?? null),
        'Matriarch then says what went, and checks that all else is still listed.',
      ]
    case 'stanza-create':
      return [
        `The agent on ${node} has pgBackRest set up the stanza ${stanza} in every repository that its configuration names.`,
        'Where it is set up already nothing is changed.',
        'Matriarch then checks that pgBackRest knows the stanza. A backup exists only once one was taken.',
      ]
  }
}

/** From where there is no way back. */
export const pointOfNoReturn = {
  'repository-check': 'None: it changes nothing but the WAL segment that Postgres writes to.',
  'repository-verify': 'None: it only reads.',
  'repository-expire': 'As soon as pgBackRest removes files: a backup that has expired cannot be brought back.',
  'stanza-create': 'None: nothing that exists is changed.',
} as const satisfies Record<RepositoryChore, string>

function previewSentences(preview: ExpiryPreview | null): string[] {
  return preview === null ? [] : expiryWords(preview, 'would go')
}
