'use client'

import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '#components/trpc/context.ts'

/** How the rules on the set-up of a cluster came out, and who leads by whom: asked as often as the layers are looked at deeply. */
export function useSetup(cluster: string) {
  return useQuery(useTRPC().setup.checks.queryOptions({ cluster }, { refetchInterval: 10_000 }))
}
