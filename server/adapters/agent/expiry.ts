import { expireResult } from '#agent/protocol/results.ts'
import type { ExpiryPreview } from '#domain/backup/expiry-preview.ts'
import { AppError } from '#server/errors.ts'
import { LookError } from '../look-error.ts'
import { parseFailure } from '../pgbackrest/parse-error.ts'
import { loneJob, type LoneJob } from './lone-job.ts'
import type { AskedAgent } from './pgbackrest.ts'

/** What an expiry would remove, by a dry run that changes nothing. Throws AppError `refused` where pgBackRest fails, in its words. */
export async function readExpiryPreview(
  asked: AskedAgent,
  args: { stanza: string; repository: number; set: string | null },
  job: Pick<LoneJob<'pgbackrest-expire'>, 'id' | 'nextEpoch'>,
): Promise<ExpiryPreview> {
  const { node } = asked.agent
  const dryRun = { ...job, verb: 'pgbackrest-expire', args: { ...args, isDryRun: true } } as const
  const told = await loneJob(asked, dryRun).catch((error: unknown) => {
    const exitCode = error instanceof AppError ? /ended with exit code (\d+)/.exec(error.message)?.[1] : undefined
    if (!(error instanceof AppError) || exitCode === undefined) throw error
    const { sentence, advice } = parseFailure(Number(exitCode), error.message)
    throw new AppError('refused', `pgBackRest on ${node} could not say what would go. ${sentence} ${advice}`)
  })
  const preview = expiryOf(told, args.repository)
  if (preview !== null) return preview
  throw new LookError('protocol', `What pgBackRest on ${node} said would go cannot be read.`)
}

/** What an agent's job `pgbackrest-expire` removed from a repository, or would; null where its result cannot be read. */
export function expiryOf(result: unknown, repository: number): ExpiryPreview | null {
  const told = expireResult.safeParse(result)
  if (!told.success) return null
  const labels = [...new Set(told.data.backups)].toSorted()
  const archives = told.data.archives.flatMap((line) => {
    const found =
      /^repo(\d{1,3}): ([\d.]{1,5}-\d{1,4}) remove archive, start = ([0-9A-F]{16,24}), stop = ([0-9A-F]{16,24})/.exec(
        line,
      )
    const [, key, archiveId = '', first = '', last = ''] = found ?? []
    return found === null ? [] : [{ repository: Number(key), archiveId, first, last }]
  })
  return { backups: labels.map((label) => ({ repository, label })), archives }
}
