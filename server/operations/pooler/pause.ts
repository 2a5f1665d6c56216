import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#server/errors.ts'
import { agentOn } from '../agent-job.ts'
import { askBound } from '../ask-bound.ts'
import type { StepOutcome } from '../define.ts'
import { isHeld, isOver, type PauseContext, pauseOn } from './context.ts'
import { endAll } from './end-all.ts'

/**
 * Has every agent pause the pooler beside it, all or none. Each job ends by itself at its limit, so nobody needs to live for that; asked again after
 * a crash, the agents attach to the jobs of before.
 */
export async function pause(context: PauseContext, pollMs = 250): Promise<StepOutcome> {
  const { nodes, database, drainMs, limitMs } = context.operation.plan
  const begun: string[] = []
  await context.remember({ sends: (context.facts.sends ?? 0) + 1 })
  for (const node of nodes) {
    const fault = await begin(context, node, { database, drainMs, limitMs })
    // What may have arrived is ended like what did.
    begun.push(node)
    if (fault !== null) return takeBack(context, begun, fault)
  }
  const giveUpAt = performance.now() + drainMs + answerMs
  const paused = new Set<string>()
  for (;;) {
    for (const node of nodes) {
      if (paused.has(node)) continue
      const job = await pauseOn(context, node)
      if (job === null) continue
      // One that has ended well was held: its limit passed while nobody looked, or somebody resumed.
      if (isHeld(job) || job.state === 'succeeded') {
        paused.add(node)
        context.say(`${node} is paused`)
      } else if (isOver(job)) return takeBack(context, nodes, `${node}: ${job.problem ?? 'its pause ended at once.'}`)
    }
    if (paused.size === nodes.length) return { kind: 'done', detail: `${nodes.join(', ')} hold clients back.` }
    if (performance.now() > giveUpAt) {
      const late = nodes.filter((node) => !paused.has(node))
      return takeBack(context, nodes, `${late.join(', ')} did not tell in time that everything stands still.`)
    }
    await sleep(pollMs, undefined, { signal: context.signal })
  }
}

async function begin(
  context: PauseContext,
  node: string,
  args: { database: string | null; drainMs: number; limitMs: number },
): Promise<string | null> {
  try {
    await askBound(context, agentOn(context, node), 'pooler-pause', args)
    return null
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'internal') throw error
    return `The agent on ${node} refused or could not be asked: ${error.message}`
  }
}

async function takeBack(context: PauseContext, nodes: readonly string[], reason: string): Promise<StepOutcome> {
  const left = await endAll(context, nodes)
  if (left.length === 0) return { kind: 'failed', detail: `${reason} Nothing is paused.` }
  const seconds = context.operation.plan.limitMs / 1000
  return {
    kind: 'unknown',
    detail: `${reason} Whether ${left.join(', ')} has been resumed cannot be seen; its agent does so at the latest ${seconds} s after it began.`,
  }
}

/** For an agent to begin, and to tell. */
const answerMs = 10_000
