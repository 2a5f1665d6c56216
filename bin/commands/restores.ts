import type { Command } from 'commander'
import { leftOutSentence, massDeleteRows, noLossSentence } from '#domain/wal/mass-delete.ts'
import { countedWhere, lostSentence } from '#domain/recovery/lost-words.ts'
import type { CommitsLostLook } from '#domain/wal/commits-lost.ts'
import type { CommitsFound, CommitsLook } from '#domain/wal/wal-commits.ts'
import { get, look } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { needTarget, type TargetOptions, wholeNumber, withTarget } from '../recovery-target.ts'
import { untilLooked } from '../until-looked.ts'
import { timeIn } from './events.ts'

interface CommitsOptions {
  around: string
  minutes: string
  repository?: string
  json?: boolean
}

interface LostOptions extends TargetOptions {
  repository?: string
  json?: boolean
}

/** `restores commits CLUSTER --around TIME` and `restores lost CLUSTER --target TIME|--lsn|--xid|--name`. */
export function addRestoresCommands(program: Command): void {
  const restores = program.command('restores').description('what helps to find the moment to recover to')
  addLostCommand(restores)
  restores
    .command('commits <cluster>')
    .description(
      `transactions around a moment that dropped or truncated something, or deleted ${massDeleteRows} rows or more; read from archived WAL`,
    )
    .requiredOption('--around <time>', 'such as 2026-03-01T12:00:00Z, or 30m ago')
    .option('--minutes <number>', 'how far to look on either side', '10')
    .option('--repository <number>', 'in the archive of this repository')
    .option('--json', 'print {commits, problems, firstAt, lastAt, segments, isCut, ...}')
    .action(async (cluster: string, options: CommitsOptions) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/restore/commits`
      const query = queryOf(options)
      const { found } = await untilLooked(() => get<CommitsLook>(path, query))
      if (options.json) return printJson(found)
      printFound(found)
    })
}

function addLostCommand(restores: Command): void {
  withTarget(
    restores
      .command('lost <cluster>')
      .description(
        'how many transactions were committed after a target and would be gone; read from WAL, nothing is done',
      ),
  )
    .option('--repository <number>', 'in the archive of this repository')
    .option('--json', 'print {commits, isAtLeast, lastAt, problems, ...}; commits is null where it is not known')
    .action(async (cluster: string, options: LostOptions) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/restore/lost`
      const repository = options.repository === undefined ? null : wholeNumber('--repository', options.repository)
      const asked = { target: needTarget(options), repository }
      const { lost } = await untilLooked(() => look<CommitsLostLook>(path, asked))
      if (options.json) return printJson(lost)
      printLines([lostSentence(lost), ...lost.problems, countedWhere(lost)])
    })
}

function queryOf({ around, minutes, repository }: CommitsOptions): Record<string, string | undefined> {
  const at = timeIn(around, new Date()).getTime()
  const spanMs = wholeNumber('--minutes', minutes) * 60_000
  if (spanMs > longestMs) throw new UsageError('At most 10 days on either side: what is read at once is bounded.')
  return {
    fromAt: new Date(at - spanMs).toISOString(),
    toAt: new Date(at + spanMs).toISOString(),
    repository: repository === undefined ? undefined : String(wholeNumber('--repository', repository)),
  }
}

const longestMs = 10 * 86_400_000
function printFound({ commits, problems, firstAt, lastAt, segments, isCut }: CommitsFound): void {
  printTable(
    ['transaction', 'committed', 'timeline', 'did', 'rows', 'to'],
    commits.map(({ xid, at, timeline, kind, deletedRows, relations }) => [
      xid,
      at.toISOString(),
      String(timeline),
      kind,
      kind === 'delete' ? String(deletedRows) : '-',
      relations.join(', '),
    ]),
  )
  const span = firstAt === null ? '' : `, with commits from ${moment(firstAt)} to ${moment(lastAt)}`
  printLines([
    '',
    ...(commits.length === 0 ? [noLossSentence] : []),
    `${segments.count} WAL segments were read${span}. ${leftOutSentence}`,
    ...(isCut ? ['There was more WAL than is read at once; its end was read. Look with fewer --minutes.'] : []),
    ...problems,
  ])
}
