import type { RemovalPlan } from '#domain/plan/removal-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { forget, preflight, probe, verify } from './forget.ts'

const deadlineMs = 60_000

/** Takes a cluster out of the console. The web tier cannot: it may be taken over, and a policy may want two persons. */
export const removal: OperationDefinition<RemovalPlan> = {
  kind: 'remove-cluster',
  version: 1,
  permission: 'clusters.manage',
  isOfStore: true,
  steps: ({ clusterName }) => [
    { name: 'preflight', title: `Look whether ${clusterName} may go` },
    { name: 'forget', title: `Forget ${clusterName} and what is for it alone` },
    { name: 'verify', title: 'See that nothing of it is left' },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: (context) => preflight(context) },
    forget: { act: 'effect', deadlineMs, run: (context) => forget(context), probe: (context) => probe(context) },
    verify: { act: 'look', deadlineMs, run: (context) => verify(context) },
  },
  succeeded: (_, { clusterName }) => ({
    outcome: `${clusterName} is removed from the console. It goes on running, and nobody watches it any more.`,
    result: null,
  }),
  resultSoFar: () => null,
  // All of it is one transaction: it happened or it did not, and whoever looks sees which.
  sentSoFar: () => null,
}
