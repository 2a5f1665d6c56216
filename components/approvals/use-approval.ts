import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { breakGlassReasonFault } from '#domain/approvals/break-glass.ts'
import type { Need } from '#domain/approvals/policy.ts'
import type { OperationKind } from '#domain/operation/operation.ts'

/** How an act that may need approval is gone about on a sheet. */
export interface ApprovalForm {
  /** Null where no policy governs the act. */
  need: Need | null
  clusterName: string
  isAlone: boolean
  setIsAlone: (isAlone: boolean) => void
  typedName: string
  setTypedName: (name: string) => void
  /** What is sent along. */
  wish: 'ask' | 'break-glass' | undefined
  /** What is missing before one may act alone; null = nothing. */
  missing: string | null
  /** What the button says instead of the act's own name. */
  label: (act: string) => string
}

/** Asks what approvals the act needs on the cluster; the server asks again. */
export function useApproval(cluster: string, kind: OperationKind | null, reason: string): ApprovalForm {
  const trpc = useTRPC()
  const [isAlone, setIsAlone] = useState(false)
  const [typedName, setTypedName] = useState('')
  const asked = useQuery(
    trpc.approvals.needed.queryOptions(
      { cluster, kind: kind ?? 'switchover' },
      { enabled: kind !== null && cluster !== '', staleTime: 5_000, retry: false },
    ),
  )
  const need = (kind === null ? null : asked.data) ?? null
  const goesAlone = isAlone && need?.allowsBreakGlass === true
  return {
    need,
    clusterName: cluster,
    isAlone: goesAlone,
    setIsAlone,
    typedName,
    setTypedName,
    wish: wishOf(need, goesAlone),
    missing: goesAlone
      ? (breakGlassReasonFault(reason) ?? (typedName === cluster ? null : `Type ${cluster} to act alone.`))
      : null,
    label(act) {
      if (need === null) return act
      return goesAlone ? `Break the glass: ${act}` : 'Ask for approval'
    },
  }
}

function wishOf(need: Need | null, isAlone: boolean): ApprovalForm['wish'] {
  if (need === null) return undefined
  return isAlone ? 'break-glass' : 'ask'
}
