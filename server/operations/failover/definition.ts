import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { sentSoFar } from '../lead/sent-so-far.ts'
import { writable } from '../lead/writable.ts'
import { ask, probe } from './ask.ts'
import { follow } from './follow.ts'
import { preflight } from './preflight.ts'
import { failedOverSentence, failoverResult } from './result.ts'
import { verify } from './verify.ts'

// The outer bound of every step; each has a shorter patience of its own, in which a silent store does not count.
const deadlineMs = 600_000

/** Makes a named member the leader where nobody works as one. */
export const failover: OperationDefinition<FailoverPlan> = {
  kind: 'failover',
  version: 1,
  permission: 'failover.request',
  steps: ({ leader, candidate }) => [
    { name: 'preflight', title: 'Look at every member again and check the plan' },
    { name: 'ask', title: `Ask Patroni on ${leader || candidate} to make ${candidate} the leader` },
    { name: 'writable', title: `Wait until ${candidate} is promoted` },
    { name: 'follow', title: `Wait for the members that answer to follow ${candidate}` },
    { name: 'verify', title: `Check that ${candidate} leads, and nobody beside it` },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: preflight },
    ask: { act: 'effect', deadlineMs, run: ask, probe },
    writable: { act: 'look', deadlineMs, run: writable },
    follow: { act: 'look', deadlineMs, run: follow },
    verify: { act: 'look', deadlineMs, run: verify },
  },
  succeeded: (facts, plan) => ({ outcome: failedOverSentence(facts), result: failoverResult(facts, plan) }),
  resultSoFar: (facts, plan) => ((facts.sends ?? 0) > 0 ? failoverResult(facts, plan) : null),
  sentSoFar,
}
