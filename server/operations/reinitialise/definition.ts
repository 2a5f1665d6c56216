import { formatDuration } from '#domain/format.ts'
import type { ReinitialisePlan } from '#domain/plan/reinitialise-plan.ts'
import type { Facts, OperationDefinition } from '../define.ts'
import { ask, probe } from './ask.ts'
import { follow } from './follow.ts'
import { preflight } from './preflight.ts'
import { verify } from './verify.ts'

const deadlineMs = 600_000
/** A copy takes as long as there is data. */
const copyDeadlineMs = 90_000_000

/** Deletes the data of one replica and has Patroni copy it anew. */
export const reinitialise: OperationDefinition<ReinitialisePlan> = {
  kind: 'reinitialise',
  version: 1,
  permission: 'replica.reinitialise',
  steps: ({ member, leader }) => [
    { name: 'preflight', title: 'Look at every member again and check the plan' },
    { name: 'ask', title: `Ask Patroni on ${member} to copy it anew in place of its old data` },
    { name: 'follow', title: `Wait until ${member} streams again` },
    { name: 'verify', title: `Check that all is well under ${leader}` },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: preflight },
    ask: { act: 'effect', deadlineMs, run: ask, probe },
    follow: { act: 'look', deadlineMs: copyDeadlineMs, run: (context) => follow(context), follows: 'ask' },
    verify: { act: 'look', deadlineMs, run: (context) => verify(context) },
  },
  succeeded: (facts, plan) => ({ outcome: succeededSentence(facts, plan), result: null }),
  resultSoFar: () => null,
  sentSoFar: ({ sends = 0 }, { member }) =>
    sends === 0
      ? null
      : `Patroni on ${member} may have deleted its data and be copying: see how ${member} stands before you act again.`,
}

function succeededSentence(
  { askedAt, streamsAt, newLeader = '', timelineAfter = null }: Facts,
  plan: ReinitialisePlan,
) {
  const took = askedAt && streamsAt ? ` in ${formatDuration(streamsAt.getTime() - askedAt.getTime())}` : ''
  const timeline = timelineAfter === null ? '' : ` on timeline ${timelineAfter}`
  const now = newLeader === plan.member ? `it leads${timeline}` : `it streams from ${newLeader}${timeline}`
  return `${plan.member} was copied anew${took}: ${now}.`
}
