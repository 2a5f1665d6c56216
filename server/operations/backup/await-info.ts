import { setTimeout as sleep } from 'node:timers/promises'
import { formatDuration } from '#domain/format.ts'
import type { StepOutcome } from '../define.ts'
import { askInfo, isDoubtful } from './ask-agent.ts'
import type { BackupContext } from './context.ts'
import type { BackupPace } from './pace.ts'

/** What pgBackRest says of its repositories before anything is asked of it; an agent that does not answer is waited for. */
export async function awaitInfo(
  context: BackupContext,
  { pollMs, silentBeforeMs }: BackupPace,
): Promise<{ answer: unknown } | Extract<StepOutcome, { kind: 'refused' | 'cancelled' }>> {
  const { node } = context.operation.plan
  const begunAt = performance.now()
  let isTold = false
  for (;;) {
    try {
      return { answer: await askInfo(context) }
    } catch (error) {
      if (!isDoubtful(error)) throw error
      const asker = await context.cancelAskedBy()
      if (asker !== null) return { kind: 'cancelled', detail: `${asker} cancelled it before anything was sent.` }
      if (performance.now() - begunAt > silentBeforeMs) {
        const detail = `The agent on ${node} has not answered for ${formatDuration(silentBeforeMs)}: ${error.message} Nothing was asked of it.`
        return { kind: 'refused', detail }
      }
      if (!isTold) context.say(`the agent on ${node} does not answer; waiting for it. ${error.message}`)
      isTold = true
    }
    await sleep(pollMs, undefined, { signal: context.signal })
  }
}
