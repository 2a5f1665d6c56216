import { setTimeout as sleep } from 'node:timers/promises'
import type { Command } from 'commander'
import { leftOutSentence, massDeleteRows, noLossSentence } from '#domain/wal/mass-delete.ts'
import type { CommitsFound, CommitsLook, CommitsProgress } from '#domain/wal/wal-commits.ts'
import { get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { wholeNumber } from '../recovery-target.ts'
import { isPassing } from '../wait.ts'
import { timeIn } from './events.ts'

interface CommitsOptions {
  around: string
  minutes: string
  repository?: string
  json?: boolean
}

/** `restores commits CLUSTER --around TIME`. */
export function addRestoresCommands(program: Command): void {
  program
    .command('restores')
    .description('what helps to find the moment to recover to')
    .command('commits <cluster>')
    .description(
      `transactions around a moment that dropped or truncated something, or deleted ${massDeleteRows} rows or more; read from archived WAL`,
    )
    .requiredOption('--around <time>', 'such as 2026-03-01T12:00:00Z, or 30m ago')
    .option('--minutes <number>', 'how far to look on either side', '10')
    .option('--repository <number>', 'in the archive of this repository')
    .option('--json', 'print {commits, problems, firstAt, lastAt, segments, isCut, ...}')
    .action(async (cluster: string, options: CommitsOptions) => {
      const found = await lookUntilFound(cluster, queryOf(options))
      if (options.json) return printJson(found)
      printFound(found)
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
const pollMs = 1_000

async function lookUntilFound(cluster: string, query: Record<string, string | undefined>): Promise<CommitsFound> {
  const path = `/clusters/${encodeURIComponent(cluster)}/restore/commits`
  let told = ''
  for (let failures = 0; ;) {
    try {
      const look = await get<CommitsLook>(path, query)
      if (look.state === 'done') return look.found
      const line = look.state === 'reading' ? progressLine(look.progress) : told
      if (line !== told) console.error(line)
      told = line
      failures = 0
    } catch (error) {
      failures += 1
      if (!isPassing(error) || failures > 30) throw error
    }
    await sleep(pollMs)
  }
}

function progressLine(progress: CommitsProgress | null): string {
  return progress === null
    ? 'Reading archived WAL; this may take some minutes.'
    : `${progress.read} of ${progress.total} WAL segments are read.`
}

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
