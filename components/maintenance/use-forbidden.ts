'use client'

import { useQuery } from '@tanstack/react-query'
import { useViewer } from '#components/session/session-context.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { forbiddenBy } from '#domain/maintenance/forbidden-by.ts'
import type { OperationKind } from '#domain/operation/operation.ts'

/** Why somebody else's planned work on a cluster keeps an act from the viewer now; null = none does. Without a name there is no cluster yet. The server asks again. */
export function useForbidden(cluster: string | null): (kind: OperationKind) => string | null {
  const now = useNow()
  const { id, email } = useViewer()
  const { data } = useQuery(
    useTRPC().maintenance.list.queryOptions({ cluster: cluster ?? '' }, { enabled: cluster !== null }),
  )
  return (kind) => forbiddenBy(data?.windows ?? [], { kind, actor: { id, name: email } }, now)
}
