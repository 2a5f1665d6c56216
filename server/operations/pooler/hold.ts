import { setTimeout as sleep } from 'node:timers/promises'
import { poolerPaused } from '#agent/protocol/pooler.ts'
import { AppError } from '#server/errors.ts'
import type { StepOutcome } from '../define.ts'
import { isOver, type PauseContext, pauseOn } from './context.ts'
import { endAll } from './end-all.ts'

/** Follows the pauses to their ends, which the agents bring about themselves; whoever cancels ends them at once. */
export async function hold(context: PauseContext, pollMs = 500): Promise<StepOutcome> {
  const { nodes, limitMs } = context.operation.plan
  const ends = new Map<string, string>()
  const giveUpAt = performance.now() + limitMs + silentMs
  for (;;) {
    for (const node of nodes) {
      if (ends.has(node)) continue
      const why = await endOn(context, node)
      if (why === null) continue
      ends.set(node, why)
      context.say(`${node} ${why}`)
    }
    if (ends.size === nodes.length) return outcomeOf(ends)
    const asker = await context.cancelAskedBy()
    if (asker !== null && (await endAll(context, nodes)).length === 0) {
      return { kind: 'cancelled', detail: `${asker} ended the pause: clients go on.` }
    }
    if (performance.now() > giveUpAt) {
      const silent = nodes.filter((node) => !ends.has(node))
      return {
        kind: 'unknown',
        detail: `The agent on ${silent.join(', ')} does not tell whether its pooler has been resumed, as it was to be by now: see there (SHOW DATABASES, SHOW STATE).`,
      }
    }
    await sleep(pollMs, undefined, { signal: context.signal })
  }
}

/** How the pause of a node ended, as a predicate; null = it lasts, or nobody tells. */
async function endOn(context: PauseContext, node: string): Promise<string | null> {
  try {
    const job = await pauseOn(context, node)
    if (job === null || !isOver(job)) return null
    const result = poolerPaused.safeParse(job.result)
    if (job.state !== 'succeeded' || !result.success) return failed(job.problem ?? 'its pause was lost sight of')
    return ended[result.data.why]
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return failed('its agent does not know of its pause any more')
  }
}

const ended = {
  limit: 'was resumed at the limit',
  resumed: 'was resumed by somebody',
  ended: 'was resumed because the pause was ended',
} as const

const failure = 'failed: '

function failed(reason: string): string {
  return `${failure}${reason}`
}

function outcomeOf(ends: ReadonlyMap<string, string>): StepOutcome {
  const all = [...ends].map(([node, why]) => `${node} ${why}`).join('; ')
  const isWell = [...ends.values()].every((why) => !why.startsWith(failure))
  return isWell
    ? { kind: 'done', detail: `${all}.` }
    : { kind: 'unknown', detail: `${all}. See there whether clients are held back still.` }
}

/** An agent may be silent for this long beyond the limit. */
const silentMs = 60_000
