import { formatBytes, formatDuration } from '#domain/format.ts'
import { backupName } from '#domain/backup/backup.ts'
import { expectedRestoreMs } from '#domain/recovery/restore-duration.ts'
import { targetWords } from '#domain/recovery/target-words.ts'
import { listNames } from '#domain/words.ts'
import type { RestorePlanning } from './planning.ts'

/** What will happen, in the order in which it happens; empty where nothing can be recovered. */
export function restoreSentences(given: RestorePlanning): string[] {
  const { node, choice, replicas, wish, repository, wayBack, past } = given
  if (node === '' || choice?.kind !== 'chosen') return []
  const { backup } = choice
  const others = replicas.map(({ name }) => name)
  const expectedMs = expectedRestoreMs(past, backup.sizeBytes)
  const lasts = expectedMs === null ? '' : `, about ${formatDuration(expectedMs)} going by restores of before`
  return [
    'Matriarch looks at everything once more, sees WAL that is written now arrive in the archive, and keeps what etcd and Patroni say for the way back.',
    `Clients are shut out: each node's pgBouncer takes no more of them to any database that it lists. From here on the cluster is down for everybody.`,
    `${node} commits one empty transaction and archives all that it has not archived yet.`,
    `${others.length === 0 ? '' : `Patroni and Postgres stop on ${listNames(others)}, then on ${node}. `}${others.length === 0 ? `Patroni and Postgres stop on ${node}. ` : ''}Each node is proven to be down, and what etcd says of the old data is cleared; the configuration stays.`,
    wayBack === 'aside'
      ? `The old data of ${node} is set aside whole, and ${backupName(backup)} is restored from repository ${repository} in its place: ${formatBytes(backup.sizeBytes)}${lasts}.`
      : `${backupName(backup)} is restored from repository ${repository} over the old data of ${node}: ${formatBytes(backup.sizeBytes)}${lasts}. The replicas keep theirs until they are built anew.`,
    `Postgres starts on ${node} for this machine alone, replays WAL on timeline ${choice.targetTimeline} and stops at ${targetWords(wish.target)}.`,
    lookSentence(given),
    `Once it is made final, ${node} leads on a new timeline, under the same configuration and system identifier.`,
    wish.clientsBack === 'writable'
      ? `Clients are let back in as soon as ${node} takes writes; only then is its new timeline waited for in the archive.`
      : 'Its new timeline is waited for in the archive, and clients stay shut out until replicas and a new backup stand.',
    ...(others.length === 0 ? [] : [rebuildSentence(others, wayBack)]),
    `A full backup is taken on the new timeline, and everything is checked again. ${keptSentence(wayBack)}`,
  ]
}

function lookSentence({ wish }: RestorePlanning): string {
  const seen =
    wish.check === null
      ? 'Matriarch lists the tables as they are there'
      : 'Matriarch runs the check query there and lists the tables'
  const then = wish.commitsAlone
    ? 'If recovery stopped at the target, it goes on by itself; otherwise it asks.'
    : 'Then it waits until a person makes it final, brings the old cluster back or, where nobody else had to approve this target, moves to another moment.'
  return `${seen}. ${then}`
}

/** Where no disk holds two copies, a replica deletes its old data before it is built anew. */
function rebuildSentence(others: string[], wayBack: RestorePlanning['wayBack']): string {
  const [only] = others
  const end = wayBack === 'aside' ? 'set aside' : 'deleted for it'
  return others.length === 1
    ? `${only}'s old data is ${end}, and Patroni builds it anew from the leader.`
    : `${listNames(others)} are built anew from the leader, one at a time; their old data is ${end}.`
}

function keptSentence(wayBack: RestorePlanning['wayBack']): string {
  return wayBack === 'aside'
    ? 'The old data stays set aside until somebody lets it go.'
    : 'Nothing of the old data stays on these nodes; only the archive still has it.'
}
