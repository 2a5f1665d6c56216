import { type ClusterScope } from '#domain/people/grant.ts'
import { isAllowed } from '#domain/people/permission.ts'
import type { Caller } from '#server/auth/caller.ts'
import { AppError } from '#server/errors.ts'
import { toTrpcError } from '../errors.ts'
import type { QueryContext } from '../trpc.ts'

/**
 * Who is behind a long stream now. Throws when the session or token has ended, or the right to read there; while the
 * store cannot be asked, the stream goes on.
 */
export async function demandSession(
  { caller, identifyAgain }: Pick<QueryContext, 'caller' | 'identifyAgain'>,
  where: ClusterScope | 'anywhere',
): Promise<Caller> {
  const now = await identifyAgain().catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'store-unreachable') return caller
    throw toTrpcError(error)
  })
  if (!now) throw toTrpcError(new AppError('unauthenticated', 'Your session has ended. Sign in again.'))
  if (isAllowed(now.grants, 'clusters.read', where)) return now
  throw toTrpcError(new AppError('forbidden', 'You may not look at this any more.'))
}
