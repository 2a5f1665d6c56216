import { backupName } from '#domain/backup/backup.ts'
import { formatBytes, formatDuration } from '#domain/format.ts'
import { expectedRestoreMs } from '#domain/recovery/restore-duration.ts'
import { targetWords } from '#domain/recovery/target-words.ts'
import type { RehearsalPlanning } from './planning.ts'

/** What will happen, in the order in which it happens; empty where nothing can be recovered. */
export function rehearsalSentences(given: RehearsalPlanning): string[] {
  const { node, choice, wish, repository, past, snapshot } = given
  if (node === '' || choice?.kind !== 'chosen') return []
  const { backup } = choice
  const expectedMs = expectedRestoreMs(past, backup.sizeBytes)
  const lasts = expectedMs === null ? '' : `, about ${formatDuration(expectedMs)} going by restores of before`
  return [
    ...(given.archivesFirst
      ? [
          `${snapshot.leader?.name ?? ''} leads: it commits a mark and archives what it has not archived yet, since ${targetWords(wish.target)} is not surely in the archive. Nothing else happens to it.`,
        ]
      : []),
    `The agent on ${node} restores ${backupName(backup)} from repository ${repository} into a folder of its own: ${formatBytes(backup.sizeBytes)}${lasts}. The cluster goes on undisturbed.`,
    `A second Postgres starts there, on a port of its own and for this machine alone. It archives nothing, replays WAL on timeline ${choice.targetTimeline} and stops at ${targetWords(wish.target)}.`,
    wish.check === null
      ? 'Matriarch lists the tables that are there.'
      : 'Matriarch runs the check query there and lists the tables.',
    ...(wish.verifiesPages ? ['amcheck looks through indexes and heaps for damage.'] : []),
    ...extractSentence(given),
    `That Postgres is stopped and its folder deleted, whatever came of it.`,
  ]
}

function extractSentence({ wish: { extract }, node }: RehearsalPlanning): string[] {
  if (extract === null) return []
  const { database, schema, table } = extract
  const what = table === null ? `the schema ${schema}` : `the table ${schema}.${table}`
  return [
    `pg_dump writes ${what} of the database ${database} into a file on ${node}, for whoever may fetch it. It stays until it is let go.`,
  ]
}
