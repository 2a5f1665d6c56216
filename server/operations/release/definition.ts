import type { ReleasePlan } from '#domain/plan/release-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { discard, preflight, probe, verify } from './discard.ts'

/** An agent deletes for an hour at most, and may be silent before and after. */
const deadlineMs = 3 * 3_600_000

/** Deletes what a recovery kept for the way back, or the file that a rehearsal left. */
export const releaseKeptData: OperationDefinition<ReleasePlan> = {
  kind: 'release-kept-data',
  version: 1,
  permission: 'restore.request',
  steps: stepsOf,
  acts: {
    preflight: { act: 'look', deadlineMs, run: (context) => preflight(context) },
    discard: { act: 'effect', deadlineMs, run: (context) => discard(context), probe: (context) => probe(context) },
    verify: { act: 'look', deadlineMs, run: (context) => verify(context) },
  },
  succeeded: (_, { kept }) => ({
    outcome: `What was kept on ${[...new Set(kept.map(({ node }) => node))].join(', ')} is deleted.`,
    result: null,
  }),
  resultSoFar: () => null,
  sentSoFar: () => 'Some of it may be deleted by now: see what each node still keeps.',
}

function stepsOf({ kept }: ReleasePlan): { name: string; title: string }[] {
  return [
    { name: 'preflight', title: 'Look at what is kept' },
    ...kept.map(({ node, name }, index) => ({
      name: index === 0 ? 'discard' : `discard~${index + 1}`,
      title: `Delete ${name} on ${node}`,
    })),
    { name: 'verify', title: 'See that it is gone' },
  ]
}
