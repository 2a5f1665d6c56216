import { AppError } from '#server/errors.ts'
import { takeAllowance, type Allowance } from '#server/store/allowances.ts'
import type { QueryContext } from './trpc.ts'

/** What is dear, and how much of it one person or token may have. */
const allowances = {
  /** A worker knocks at every address of a draft. */
  'looks at a cluster': { atOnce: 240, aMinute: 30 },
  /** The whole audit log, or all samples of a cluster, is read. */
  exports: { atOnce: 30, aMinute: 6 },
  /** Each is good for a quarter of an hour. */
  invitations: { atOnce: 60, aMinute: 20 },
  /** Something outside is told. */
  'tests of a channel': { atOnce: 60, aMinute: 10 },
} as const satisfies Record<string, Allowance>

/** Throws AppError `limited` where whoever asks has had as much of it as anybody gets for now. */
export async function demandAllowance(
  { caller, services: { store } }: Pick<QueryContext, 'caller' | 'services'>,
  what: keyof typeof allowances,
): Promise<void> {
  const taken = await takeAllowance(store, `${what} of ${caller.kind} ${caller.id}`, allowances[what])
  if (taken.ok) return
  throw new AppError('limited', `There were too many ${what} in a short time. Wait ${taken.waitSeconds} s, then go on.`)
}
