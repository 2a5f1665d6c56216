import { setTimeout as sleep } from 'node:timers/promises'
import type { StepOutcome } from '../define.ts'
import { type SignalContext, withSessions } from './context.ts'
import { isOver } from './is-over.ts'
import { nameOf } from './send.ts'

/** Sees that it is over; a signal that was taken is heard only where Postgres can break off. */
export async function verify(context: SignalContext, patienceMs = 10_000): Promise<StepOutcome> {
  const { plan } = context.operation
  return withSessions(context, async (sessions) => {
    const giveUpAt = performance.now() + patienceMs
    for (;;) {
      if (await isOver(context, sessions)) return { kind: 'done', detail: `${nameOf(plan)} is over.` }
      if (performance.now() > giveUpAt) break
      await sleep(pollMs, undefined, { signal: context.signal })
    }
    const next = plan.act === 'cancel' ? ' Terminate it if it stays.' : ''
    return {
      kind: 'failed',
      detail: `${nameOf(plan)} is still there ${patienceMs / 1000} s after the signal: it waits where Postgres does not break off, such as for a disk, or takes its time to roll back. It ends when it comes out of there.${next}`,
    }
  })
}

const pollMs = 200
