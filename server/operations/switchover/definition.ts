import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { ask, probe } from './ask.ts'
import { load } from './load.ts'
import { preflight } from './preflight.ts'
import { rejoin } from './rejoin.ts'
import { resultOf, succeededSentence } from './result.ts'
import { verify } from './verify.ts'
import { writable } from '../lead/writable.ts'
import { sentSoFar } from '../lead/sent-so-far.ts'

// The outer bound of every step; each has a shorter patience of its own, in which a silent store does not count.
const deadlineMs = 600_000

/** Moves the lead now. */
export const switchover: OperationDefinition<SwitchoverPlan> = {
  kind: 'switchover',
  version: 1,
  permission: 'switchover.request',
  steps: stepsOf,
  acts: {
    preflight: { act: 'look', deadlineMs, run: preflight },
    load: { act: 'look', deadlineMs, run: load },
    ask: { act: 'effect', deadlineMs, run: ask, probe },
    writable: { act: 'look', deadlineMs, run: writable },
    rejoin: { act: 'look', deadlineMs, run: rejoin },
    verify: { act: 'look', deadlineMs, run: verify },
  },
  succeeded: (facts, plan) => ({ outcome: succeededSentence(facts, plan), result: resultOf(facts, plan) }),
  resultSoFar: (facts, plan) => ((facts.sends ?? 0) > 0 ? resultOf(facts, plan) : null),
  sentSoFar,
}

function stepsOf({ leader, candidate, interruption }: SwitchoverPlan): { name: string; title: string }[] {
  // A standby cluster has no writes to interrupt, and nothing to wait for but its leader.
  const isAtWork = interruption.toMs > 0 ? 'takes writes' : 'leads the standby cluster'
  const next = candidate ?? 'the new leader'
  return [
    { name: 'preflight', title: 'Look at every member again and check the plan' },
    { name: 'load', title: `Look for long transactions and backups on ${leader}` },
    { name: 'ask', title: candidate ? `Ask ${leader} to hand over to ${candidate}` : `Ask ${leader} to hand over` },
    { name: 'writable', title: `Wait until ${next} ${isAtWork}` },
    { name: 'rejoin', title: `Wait until ${leader} follows ${next}` },
    { name: 'verify', title: 'Check that nobody is left behind' },
  ]
}
