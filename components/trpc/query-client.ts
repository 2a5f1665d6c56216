import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { leaveIfSignedOut } from '#components/session/leave-if-signed-out.ts'

/** A cache for one tab or one request. The live feed keeps it fresh, so nothing is asked again on a mere focus. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: leaveIfSignedOut }),
    mutationCache: new MutationCache({ onError: leaveIfSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: isWorthRetry,
        retryDelay: (tries) => 500 * 2 ** tries,
      },
      mutations: { retry: false },
    },
  })
}

/** A refusal stays one however often it is asked; only what may pass is tried again. */
function isWorthRetry(failures: number, error: unknown): boolean {
  if (failures >= 2) return false
  if (!(error instanceof Error) || !('data' in error)) return true
  const { data } = error
  if (typeof data !== 'object' || data === null || !('httpStatus' in data)) return true
  return typeof data.httpStatus === 'number' && data.httpStatus >= 500
}
