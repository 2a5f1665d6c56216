import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import { agentOn } from '../agent-job.ts'
import { askBound } from '../ask-bound.ts'
import { hasLetGo, type PauseContext, pauseOn, paspendStep } from './context.ts'

/** Ends the pauses of these nodes, which resumes their poolers; gives the nodes of which that is not seen. */
export async function endAll(context: PauseContext, nodes: readonly string[]): Promise<string[]> {
  const giveUpAt = performance.now() + patienceMs
  let left = [...nodes]
  for (;;) {
    const still: string[] = []
    for (const node of left) if (!(await endOne(context, node))) still.push(node)
    left = still
    if (left.length === 0 || performance.now() > giveUpAt) return left
    await sleep(500, undefined, { signal: context.signal })
  }
}

/** True once it is over, or never was. */
async function endOne(context: PauseContext, node: string): Promise<boolean> {
  const { operation } = context.binding
  try {
    const job = await pauseOn(context, node)
    if (job !== null && hasLetGo(job)) return true
    await askBound(context, agentOn(context, node), 'job-cancel', { operation, step: paspendStep })
    const after = await pauseOn(context, node)
    return after !== null && hasLetGo(after)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return error.code === 'not-found'
  }
}

const patienceMs = 20_000
