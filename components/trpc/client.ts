import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import { stepUpLink } from '#components/proof/step-up-link.ts'
import type { AppRouter } from '#server/api/root.ts'
import { transformer } from './transformer.ts'

/** The console's procedures over HTTP: queries and mutations in batches, the live feed as server-sent events. */
export function createClient() {
  return createTRPCClient<AppRouter>({
    links: [
      stepUpLink,
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: '/api/trpc', transformer }),
        false: httpBatchLink({
          url: '/api/trpc',
          transformer,
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
