'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { StepUp } from '#components/proof/step-up.tsx'
import { createClient } from './client.ts'
import { TRPCProvider } from './context.ts'
import { makeQueryClient } from './query-client.ts'

/** The tab's cache and its line to the procedures. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient)
  const [client] = useState(createClient)
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
        <StepUp />
      </TRPCProvider>
    </QueryClientProvider>
  )
}
