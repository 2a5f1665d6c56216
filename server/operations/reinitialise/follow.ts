import { setTimeout as sleep } from 'node:timers/promises'
import { formatDuration } from '#domain/format.ts'
import { ordinal } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import { type CopySight, sightOfCopy } from './copy-sight.ts'
import type { ReinitialiseContext } from './context.ts'

/** How long is waited. */
export interface CopyPace {
  pollMs: number
  /** A copy takes as long as there is data: of it this much at most. */
  copyingMs: number
  /** A member that is not seen, or that neither comes further nor streams. */
  idleMs: number
}

const usualPace: CopyPace = { pollMs: 250, copyingMs: 86_400_000, idleMs: 1_800_000 }

/** Follows the copy until the member streams, telling each state; whoever wants to stop stops the looking alone, for Patroni goes on. */
export async function follow(context: ReinitialiseContext, pace: CopyPace = usualPace): Promise<StepOutcome> {
  const { cluster, operation, signal, now } = context
  const { member } = operation.plan
  const startedAt = performance.now()
  let lastAtWork = startedAt
  let told = ''
  let copies = 0
  let wasNew = false
  let reached: number | null = null
  let sight: CopySight = { kind: 'unseen', words: 'has not been looked at since' }
  for (;;) {
    // Small data is copied within seconds; for hours nobody has to look at every moment.
    if (performance.now() - startedAt < hurriedMs) cluster.hurry(new Date(now().getTime() + hurryMs))
    const snapshot = await cluster.snapshot()
    if (snapshot) sight = sightOfCopy(snapshot, member, context.facts, { wasNew, now: now() })
    const words = wordsOf(sight)
    if (words !== told) {
      if (sight.kind === 'copying') copies += 1
      context.say(
        `${member} ${words}${sight.kind === 'copying' && copies > 1 ? `, for the ${ordinal(copies)} time: see its Patroni log` : ''}`,
      )
    }
    told = words
    if (sight.kind === 'copying') wasNew = true
    // What it has to replay may take long as well.
    const lsn = sight.kind === 'other' ? sight.lsn : null
    if (sight.kind === 'copying' || sight.kind === 'passing' || lsn !== reached) lastAtWork = performance.now()
    reached = lsn
    if (sight.kind === 'streams' || sight.kind === 'leads') return ended(context, sight)
    const asker = await context.cancelAskedBy()
    if (asker !== null) return letGo(context, asker, told)
    const isOver = performance.now() - lastAtWork > pace.idleMs || performance.now() - startedAt > pace.copyingMs
    if (isOver) return gaveUp(context, sight, performance.now() - startedAt)
    await sleep(pace.pollMs, undefined, { signal })
  }
}

const hurryMs = 10_000
const hurriedMs = 120_000

function wordsOf(sight: CopySight): string {
  if (sight.kind === 'leads') return 'leads'
  if (sight.kind !== 'streams') return sight.words
  return `streams from ${sight.leader}${sight.timeline === null ? '' : ` on timeline ${sight.timeline}`}`
}

async function ended(
  context: ReinitialiseContext,
  sight: Extract<CopySight, { kind: 'streams' | 'leads' }>,
): Promise<StepOutcome> {
  await context.remember({ streamsAt: context.now() })
  return { kind: 'done', detail: `${context.operation.plan.member} ${wordsOf(sight)}.` }
}

function letGo({ operation }: ReinitialiseContext, asker: string, words: string): StepOutcome {
  const { member } = operation.plan
  return {
    kind: 'cancelled',
    detail: `${asker} had the console stop following it; ${member} ${words}. Patroni goes on with the copy by itself: the member streams when that is complete.`,
  }
}

function gaveUp({ operation }: ReinitialiseContext, sight: CopySight, waitedMs: number): StepOutcome {
  const { member } = operation.plan
  const after = `after ${formatDuration(waitedMs)}`
  if (sight.kind === 'other') {
    return {
      kind: 'failed',
      detail: `${member} does not stream ${after}: it ${sight.words}. Its old data is gone or as it was; the logs of Patroni and Postgres on ${member} say what holds it up.`,
    }
  }
  return {
    kind: 'unknown',
    detail: `Whether the copy of ${member} is complete could not be told ${after}: it ${wordsOf(sight)}. See the log of Patroni on ${member}, and patronictl list.`,
  }
}
