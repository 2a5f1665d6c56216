import { AppError } from '#server/errors.ts'
import type { Context } from '../context.ts'
import { demand } from '../demand.ts'
import type { Procedure } from '../procedures.ts'

/** For what reads its input before it asks its procedure: who may not is told so before anything is said of the input. */
export async function demandFirst(context: Context, { meta }: Procedure, input: unknown): Promise<void> {
  const caller = await context.identify()
  if (!caller) throw new AppError('unauthenticated', 'You are not signed in, or your session has ended. Sign in again.')
  const { permission, concern } = meta
  await demand({ store: context.services.store, caller, permission, concern, input: () => Promise.resolve(input) })
}
