import { setTimeout as sleep } from 'node:timers/promises'
import { formatInstant } from '#domain/format.ts'
import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import { postgresState } from '#domain/snapshot/state-words.ts'
import { LookError } from '#server/adapters/look-error.ts'
import type { StepOutcome } from '../define.ts'
import type { ReinitialiseContext } from './context.ts'

/** Looks at the member itself whether it took a request whose answer nobody has. */
export async function whatCameOf(
  context: ReinitialiseContext,
  url: string | null,
  doubt: string,
  patienceMs = 30_000,
): Promise<StepOutcome> {
  const { facts, signal, operation } = context
  const { member } = operation.plan
  const giveUpAt = performance.now() + patienceMs
  const settledAt = performance.now() + patienceMs / 2
  let last = 'it was not seen'
  while (url !== null && performance.now() < giveUpAt) {
    const status = await look(context, url)
    if (status?.state === 'creating replica') {
      return { kind: 'done', detail: `Patroni on ${member} is copying: it took the request.` }
    }
    if (status) last = wordsFor(status, facts.oldStartedAt ?? null)
    // Patroni takes it up at once: where the very Postgres of before still runs after a while, nothing came of it.
    if (status && performance.now() > settledAt && isAsBefore(status, facts.oldStartedAt ?? null)) {
      return {
        kind: 'failed',
        detail: `${doubt} By what is seen nothing was deleted: the Postgres on ${member} runs as before. Ask again if it is still wanted.`,
      }
    }
    await sleep(200, undefined, { signal })
  }
  return {
    kind: 'unknown',
    detail: `${doubt} Whether ${member} began a new copy could not be told: ${last}. See what its Patroni logs, and how it stands (patronictl list), before you act again.`,
  }
}

async function look({ cluster, signal }: ReinitialiseContext, url: string): Promise<PatroniStatus | null> {
  try {
    return await cluster.patroni.status(url, signal)
  } catch (error) {
    if (error instanceof LookError) return null
    throw error
  }
}

function wordsFor({ state, postmasterStartedAt }: PatroniStatus, before: Date | null): string {
  if (!running.has(state) || postmasterStartedAt === null || before === null) return `it ${postgresState(state)}`
  if (postmasterStartedAt.getTime() === before.getTime()) return 'its Postgres runs as before'
  return `its Postgres was started at ${formatInstant(postmasterStartedAt)}, which a copy does and a restart as well`
}

function isAsBefore({ state, postmasterStartedAt }: PatroniStatus, before: Date | null): boolean {
  return running.has(state) && before !== null && postmasterStartedAt?.getTime() === before.getTime()
}

const running: ReadonlySet<string> = new Set(['running', 'streaming', 'in archive recovery'])
