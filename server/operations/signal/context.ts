import type { SignalPlan } from '#domain/plan/signal-plan.ts'
import type { PostgresSessions } from '#server/adapters/postgres/sessions.ts'
import { AppError } from '#server/errors.ts'
import type { StepContext } from '../define.ts'

export type SignalContext = StepContext<SignalPlan>

/** Does something with the sessions of the member; throws AppError `refused` where the console has no way to them. */
export async function withSessions<T>(
  { cluster, operation: { plan } }: SignalContext,
  work: (sessions: PostgresSessions) => Promise<T>,
): Promise<T> {
  const sessions = await cluster.sessions(plan.member)
  if (sessions === null) {
    throw new AppError(
      'refused',
      `The console has no way to the sessions of ${plan.member}: it has no user for Postgres, or does not know where ${plan.member} is. See the settings of ${plan.clusterName}.`,
    )
  }
  try {
    return await work(sessions)
  } finally {
    sessions.close()
  }
}
