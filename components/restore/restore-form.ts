'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import type { RecoveryTarget } from '#domain/recovery/backup-choice.ts'
import { formatAge } from '#domain/format.ts'
import { reasonFault } from '#domain/reason.ts'
import type { RestorePlan, RestoreWish } from '#domain/plan/restore-plan.ts'
import { makeIdempotencyKey } from '#components/operation/idempotency-key.ts'
import { useSettled } from './use-settled.ts'

/** What is chosen beside the target. */
export type RestoreOptions = Omit<RestoreWish, 'target' | 'check'> & { check: string }

/** All that is filled in on the page below the target, and what follows from it. */
export interface RestoreForm {
  options: RestoreOptions
  change: (changes: Partial<RestoreOptions>) => void
  wish: RestoreWish | null
  /** Null = not there yet. */
  plan: RestorePlan | null
  error: unknown
  askAgain: () => void
  /** Who led and on which timeline when the first plan was shown has changed since. */
  isOvertaken: boolean
  lookAgain: () => void
  reason: string
  setReason: (reason: string) => void
  typedName: string
  setTypedName: (name: string) => void
  /** What still keeps it from being confirmed; null = nothing. */
  missing: string | null
  idempotencyKey: string
}

/** The state of the page; while it is open the plan is made anew every few seconds. */
export function useRestoreForm(cluster: string, target: RecoveryTarget | null, now: Date): RestoreForm {
  const [options, setOptions] = useState<RestoreOptions>(atFirst)
  const [reason, setReason] = useState('')
  const [typedName, setTypedName] = useState('')
  const [offered, setOffered] = useState<string | null>(null)
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const settledTarget = useSettled(target)
  const settledCheck = useSettled(options.check)
  const wish = settledTarget === null ? null : { ...options, target: settledTarget, check: settledCheck.trim() || null }
  const preview = useQuery(
    useTRPC().restores.preview.queryOptions(
      { cluster, ...(wish ?? { ...atFirst, check: null, target: { type: 'default', timeline: null } }) },
      { enabled: wish !== null, refetchInterval: lookAgainMs, staleTime: 0 },
    ),
  )
  const isSettled = settledTarget === target && settledCheck === options.check
  const plan = wish === null || !isSettled ? null : (preview.data ?? null)
  const standing = plan === null ? null : `${plan.leader} ${plan.timeline} ${plan.systemIdentifier}`
  if (offered === null && standing !== null) setOffered(standing)
  const isOvertaken = offered !== null && standing !== null && offered !== standing
  return {
    options,
    change: (changes) => setOptions({ ...options, ...changes }),
    wish,
    plan,
    error: plan === null && wish !== null ? preview.error : null,
    askAgain: () => void preview.refetch(),
    isOvertaken,
    lookAgain: () => setOffered(standing),
    reason,
    setReason,
    typedName,
    setTypedName,
    missing: whatIsMissing({ target, plan, isOvertaken, reason, typedName, cluster, now }),
    idempotencyKey,
  }
}

const atFirst: RestoreOptions = { repository: null, check: '', commitsAlone: false, clientsBack: 'writable' }
/** A plan is what holds now. */
const lookAgainMs = 5_000
/** Older than three looks it tells of a cluster that may be another by now. */
export const planHoldsMs = 20_000

interface Filled {
  target: RecoveryTarget | null
  plan: RestorePlan | null
  isOvertaken: boolean
  reason: string
  typedName: string
  cluster: string
  now: Date
}

/** Why the act cannot be confirmed yet, the first thing first. */
export function whatIsMissing({ target, plan, isOvertaken, reason, typedName, cluster, now }: Filled): string | null {
  if (target === null) return 'Say first where to go back to.'
  if (plan === null) return 'The plan is not there yet.'
  if (now.getTime() - plan.madeAt.getTime() > planHoldsMs) {
    return `The plan was made ${formatAge(plan.madeAt, now)} ago and the console does not answer: it may not hold any more.`
  }
  if (isOvertaken) return 'The leader or its timeline has changed since this was opened.'
  return plan.blockers[0] ?? reasonFault(reason) ?? (typedName === cluster ? null : `Type ${cluster} to confirm.`)
}
