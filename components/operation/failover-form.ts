'use client'

import { useState } from 'react'
import type { Judged } from '#components/cluster/judge.ts'
import type { Candidate } from '#domain/judgement/candidate.ts'
import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import { planFailover } from '#domain/plan/plan-failover.ts'
import { reasonFault } from '#domain/reason.ts'
import { makeIdempotencyKey } from './idempotency-key.ts'

/** All that is filled in on the sheet of a failover, and what follows from it. */
export interface FailoverForm {
  plan: FailoverPlan
  /** Who could be named, in the order first shown. */
  candidates: readonly Candidate[]
  candidate: string | null
  setCandidate: (name: string) => void
  reason: string
  setReason: (reason: string) => void
  typedName: string
  setTypedName: (name: string) => void
  /** Somebody else leads than when the sheet was opened: what was decided no longer holds. */
  isOvertaken: boolean
  /** What still keeps it from being confirmed; null = nothing. */
  missing: string | null
  idempotencyKey: string
}

/** The state of the sheet; the plan is worked out anew with each look at the cluster. Nobody is chosen beforehand: the choice costs data. */
export function useFailoverForm({ snapshot, now: judgedAt, deafReason }: Judged): FailoverForm {
  // A page that does not hear can only plan for what it saw last.
  const now = deafReason === null ? judgedAt : snapshot.takenAt
  const [opened] = useState(() => planFailover(snapshot, { candidate: null, now }))
  const [candidate, setCandidate] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [typedName, setTypedName] = useState('')
  const [idempotencyKey] = useState(makeIdempotencyKey)
  const plan = planFailover(snapshot, { candidate, now })
  const isOvertaken = opened.leader !== plan.leader
  const place = ({ name }: Candidate) => opened.candidates.findIndex((each) => each.name === name)
  return {
    plan,
    candidates: plan.candidates.toSorted((one, other) => place(one) - place(other)),
    candidate,
    setCandidate,
    reason,
    setReason,
    typedName,
    setTypedName,
    isOvertaken,
    missing: deafReason ?? whatIsMissing({ plan, isOvertaken, reason, typedName }),
    idempotencyKey,
  }
}

function whatIsMissing(filled: { plan: FailoverPlan; isOvertaken: boolean; reason: string; typedName: string }) {
  const { plan, isOvertaken, reason, typedName } = filled
  if (isOvertaken) return 'The lead has changed since this was opened.'
  if (plan.blockers[0] !== undefined) return plan.blockers[0]
  return reasonFault(reason) ?? (typedName === plan.clusterName ? null : `Type ${plan.clusterName} to confirm.`)
}
