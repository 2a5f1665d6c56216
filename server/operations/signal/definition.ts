import type { SignalPlan } from '#domain/plan/signal-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { preflight } from './preflight.ts'
import { nameOf, probe, send } from './send.ts'
import { verify } from './verify.ts'

const deadlineMs = 60_000

/** Ends the statement of one session, or the session. */
export const signalBackend: OperationDefinition<SignalPlan> = {
  kind: 'signal-backend',
  version: 1,
  permission: 'sessions.end',
  steps: ({ act, aim, member }) => [
    { name: 'preflight', title: `Look whose session ${aim} is` },
    { name: 'send', title: act === 'cancel' ? `Have ${member} cancel its statement` : `Have ${member} end it` },
    { name: 'verify', title: 'Check that it is over' },
  ],
  acts: {
    preflight: { act: 'look', deadlineMs, run: preflight },
    send: { act: 'effect', deadlineMs, run: send, probe },
    verify: { act: 'look', deadlineMs, run: (context) => verify(context) },
  },
  succeeded: (_, plan) => ({ outcome: `${nameOf(plan)} is over.`, result: null }),
  resultSoFar: () => null,
  sentSoFar: ({ sends = 0 }, { member, pid, backendStart }) =>
    sends === 0
      ? null
      : `The signal may have been sent: see in pg_stat_activity on ${member} whether pid ${pid} that began at ${backendStart.toISOString()} is still there.`,
}
