import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import superjson from 'superjson'
import type { AppRouter } from '#server/api/root.ts'

/** The console's procedures over HTTP: queries and mutations in batches, the live feed as server-sent events. */
export function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: '/api/trpc', transformer: superjson }),
        false: httpBatchLink({
          url: '/api/trpc',
          transformer: superjson,
          maxItems: 8,
          // A header that no plain form of another site can send.
          headers: { 'x-matriarch': '1' },
          fetch: (url, options) => fetch(url, { ...options, signal: deadline(options?.signal) }),
        }),
      }),
    ],
  })
}

export type Client = ReturnType<typeof createClient>

const timeoutMs = 30_000

function deadline(signal: AbortSignal | null | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs)
  return signal ? AbortSignal.any([signal, timeout]) : timeout
}
