import { walCount, type WalCount } from '#agent/protocol/results.ts'
import type { ArgsOf } from '#agent/protocol/verbs.ts'
import { segmentsBegun } from '#domain/wal/wal-commits.ts'
import { LookError } from '../look-error.ts'
import { loneJob, type LoneJob } from './lone-job.ts'
import type { AskedAgent } from './pgbackrest.ts'
import { walMoment } from './wal-moment.ts'

export type WalCounted = Omit<WalCount, 'lastAt'> & { lastAt: Date | null }

/** How many transactions committed after a place in WAL. Throws AppError, `refused` where nobody waits for it any more. */
export async function countWalCommits(
  asked: AskedAgent,
  args: ArgsOf<'wal-count'>,
  job: Pick<LoneJob<'wal-count'>, 'id' | 'nextEpoch'> & {
    /** Is told, again and again, how many segments were begun; false = nobody waits for it any more. */
    isAwaited: (begun: number) => Promise<boolean>
  },
): Promise<WalCounted> {
  const { isAwaited, ...rest } = job
  let begun = 0
  const hear = (lines: readonly string[]) => {
    begun += segmentsBegun(lines)
    return isAwaited(begun)
  }
  const told = walCount.safeParse(await loneJob(asked, { ...rest, verb: 'wal-count', args, hear }))
  if (!told.success) {
    const sentence = `What the agent on ${asked.agent.node} counted in the archived WAL cannot be understood: it may be of another version than this console.`
    throw new LookError('protocol', sentence)
  }
  return { ...told.data, lastAt: walMoment(told.data.lastAt) }
}
