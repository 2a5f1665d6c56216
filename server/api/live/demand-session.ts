import { isAllowed } from '#domain/permission.ts'
import { AppError } from '#server/errors.ts'
import { toTrpcError } from '../errors.ts'
import type { QueryContext } from '../trpc.ts'

/** Throws when the session or token behind a long stream has ended; while the store cannot be asked, the stream goes on. */
export async function demandSession({ caller, identifyAgain }: QueryContext): Promise<void> {
  const now = await identifyAgain().catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'store-unreachable') return caller
    throw toTrpcError(error)
  })
  if (now && isAllowed(now.role, 'clusters.read')) return
  throw toTrpcError(new AppError('unauthenticated', 'Your session has ended. Sign in again.'))
}
