import { walCommits } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { segmentsBegun, type CommitsFound } from '#domain/wal/wal-commits.ts'
import { LookError } from '../look-error.ts'
import { loneJob, type LoneJob } from './lone-job.ts'
import type { AskedAgent } from './pgbackrest.ts'
import { walMoment } from './wal-moment.ts'

/** What some archived segments tell of transactions that took something away. Throws AppError, `refused` where nobody waits for it any more. */
export async function readWalCommits(
  asked: AskedAgent,
  args: ArgsOf<'wal-commits'>,
  job: Pick<LoneJob<'wal-commits'>, 'id' | 'nextEpoch'> & {
    /** Is told, again and again, how many segments were begun; false = nobody waits for it any more. */
    isAwaited: (begun: number) => Promise<boolean>
  },
): Promise<Pick<CommitsFound, 'commits' | 'problems' | 'firstAt' | 'lastAt'>> {
  const { isAwaited, ...rest } = job
  let begun = 0
  const hear = (lines: readonly string[]) => {
    begun += segmentsBegun(lines)
    return isAwaited(begun)
  }
  const told = walCommits.safeParse(await loneJob(asked, { ...rest, verb: 'wal-commits', args, hear }))
  if (!told.success) {
    const sentence = `What the agent on ${asked.agent.node} read of the archived WAL cannot be understood: it may be of another version than this console.`
    throw new LookError('protocol', sentence)
  }
  const { commits, problems, firstAt, lastAt } = told.data
  return {
    commits: commits.flatMap((commit) => {
      const at = walMoment(commit.at)
      return at === null ? [] : [{ ...commit, at }]
    }),
    problems,
    firstAt: walMoment(firstAt),
    lastAt: walMoment(lastAt),
  }
}
