'use client'

import { useState } from 'react'
import type { Judged } from '#components/cluster/judge.ts'
import type { Candidate } from '#domain/judgement/candidate.ts'
import type { Capability } from '#domain/operation/capability.ts'
import { planSwitchover } from '#domain/plan/plan-switchover.ts'
import type { RunningBackup } from '#domain/plan/plan-switchover/planning.ts'
import { reasonFault } from '#domain/reason.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import { makeIdempotencyKey } from './idempotency-key.ts'
import { inOrderOf, offerOf } from './switchover-offer.ts'
import { parseLocal, toLocalValue } from './when-field.tsx'

/** All that is filled in on the sheet, and what follows from it. */
export interface SwitchoverForm {
  plan: SwitchoverPlan
  candidate: string | null
  /** Who could lead, in the order first shown. */
  candidates: readonly Candidate[]
  setCandidate: (name: string) => void
  isLater: boolean
  setIsLater: (isLater: boolean) => void
  time: string
  setTime: (time: string) => void
  timeError: string | null
  reason: string
  setReason: (reason: string) => void
  typedName: string
  setTypedName: (name: string) => void
  /** The leader has changed since the sheet was opened: what was decided no longer holds. */
  isOvertaken: boolean
  lookAgain: () => void
  /** What still keeps it from being confirmed; null = nothing. */
  missing: string | null
  idempotencyKey: string
}

/** The state of the sheet; the plan is worked out anew with each look at the cluster. */
export function useSwitchoverForm(
  act: Capability['act'],
  judged: Judged,
  backup: RunningBackup | null = null,
): SwitchoverForm {
  const { snapshot, deafReason } = judged
  // A page that does not hear can only plan for what it saw last.
  const now = deafReason === null ? judged.now : snapshot.takenAt
  const [offer, setOffer] = useState(() => offerOf(snapshot, now))
  const [chosen, setCandidate] = useState<string | null>(null)
  const [isLater, setIsLater] = useState(act === 'schedule-switchover')
  const [time, setTime] = useState(() => toLocalValue(new Date(now.getTime() + firstOfferMs)))
  const [reason, setReason] = useState('')
  const [typedName, setTypedName] = useState('')
  const [idempotencyKey] = useState(makeIdempotencyKey)

  const isCancel = act === 'cancel-scheduled-switchover'
  const scheduledAt = isLater && !isCancel ? parseLocal(time) : null
  const candidate = isCancel ? null : (chosen ?? offer.candidate)
  const plan = planSwitchover(snapshot, { kind: kindOf(isCancel, isLater), candidate, scheduledAt, backup, now })
  const timeError = isLater && !isCancel ? timeProblem(scheduledAt, judged.now) : null
  const isOvertaken = offer.leader !== (snapshot.leader?.name ?? null)

  return {
    plan,
    candidate,
    candidates: inOrderOf(offer, plan.candidates),
    setCandidate,
    isLater,
    setIsLater,
    time,
    setTime,
    timeError,
    reason,
    setReason,
    typedName,
    setTypedName,
    isOvertaken,
    lookAgain: () => {
      setOffer(offerOf(snapshot, now))
      setCandidate(null)
    },
    missing:
      deafReason ?? whatIsMissing({ plan, isOvertaken, timeError, reason, typedName, needsCandidate: !isCancel }),
    idempotencyKey,
  }
}

const firstOfferMs = 3_600_000

function kindOf(isCancel: boolean, isLater: boolean): SwitchoverPlan['kind'] {
  if (isCancel) return 'cancel-scheduled-switchover'
  return isLater ? 'schedule-switchover' : 'switchover'
}

function timeProblem(at: Date | null, now: Date): string | null {
  if (!at) return 'Choose a day and a time.'
  return at <= now ? 'This time is past.' : null
}

interface Filled {
  plan: SwitchoverPlan
  isOvertaken: boolean
  timeError: string | null
  reason: string
  typedName: string
  needsCandidate: boolean
}

function whatIsMissing({ plan, isOvertaken, timeError, reason, typedName, needsCandidate }: Filled): string | null {
  if (isOvertaken) return 'The leader has changed since this was opened.'
  if (plan.blockers[0] !== undefined) return plan.blockers[0]
  if (needsCandidate && plan.candidate === null) return 'Choose the new leader.'
  if (timeError) return timeError
  return reasonFault(reason) ?? (typedName === plan.clusterName ? null : `Type ${plan.clusterName} to confirm.`)
}
