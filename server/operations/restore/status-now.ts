import { setTimeout as sleep } from 'node:timers/promises'
import { type RecoveryStatus, recoveryStatus } from '#agent/protocol/results.ts'
import { askNode } from './ask-node.ts'
import type { RestoreContext } from './context.ts'

/** How the recovery stands on the plan's node; one that has just come to its target is given a moment to answer, which alone tells its WAL position. */
export async function statusNow(context: RestoreContext, patienceMs?: number): Promise<RecoveryStatus> {
  const { node } = context.operation.plan
  const giveUpAt = performance.now() + answeringMs
  for (;;) {
    const asked = { node, verb: 'postgres-recovery-status', args: {} } as const
    const status = await askNode(context, asked, recoveryStatus, patienceMs)
    const stands = status.state === 'paused' || status.state === 'promoted'
    if (!stands || status.isAnswering || performance.now() > giveUpAt) return status
    await sleep(200, undefined, { signal: context.signal })
  }
}

const answeringMs = 20_000
