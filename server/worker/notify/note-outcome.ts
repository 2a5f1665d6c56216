import type { Channel } from '#domain/alerts/notify/channel.ts'
import { backoffMs, mostAttempts, mostAttemptsForFew, type Outcome } from '#domain/alerts/notify/outcome.ts'
import type { Log } from '#server/log.ts'
import { markDead, markLater, markPartly, markSent, type Due } from '#server/store/notifications/deliveries.ts'
import type { Store } from '#server/store/open.ts'

interface Noting {
  store: Store
  log: Log
  channel: Channel
  batch: readonly Due[]
}

/** Writes down what came of telling a batch on its channel: told, told to some, to be tried later, or given up. */
export async function noteOutcome(noting: Noting, outcome: Outcome): Promise<void> {
  switch (outcome.kind) {
    case 'accepted':
      return noteAccepted(noting, outcome)
    case 'given-up':
      noting.log.error({ channel: noting.channel.name, problem: outcome.problem }, 'a notification is given up')
      return giveUp(noting.store, noting.batch, outcome.problem)
    case 'later':
      return noteLater(noting, outcome)
  }
}

type Case<K extends Outcome['kind']> = Extract<Outcome, { kind: K }>

async function noteAccepted({ store, log, channel, batch }: Noting, { response, missed }: Case<'accepted'>) {
  const ids = batch.map(({ id }) => id)
  if (!missed) return markSent(store, ids, response)
  log.error({ channel: channel.name, problem: missed.problem }, 'a notification did not reach all')
  return markPartly(store, ids, { response, missed })
}

async function noteLater({ store, batch }: Noting, { problem, retryAfterMs, leftTo }: Case<'later'>) {
  await giveUp(store, batch.filter(isLast), problem)
  for (const { id, attempts } of batch.filter((each) => !isLast(each))) {
    const delayMs = retryAfterMs ?? backoffMs(leftTo ? 1 : attempts, Math.random())
    await markLater(store, id, { problem, delayMs, leftTo: leftTo ?? null })
  }
}

function isLast({ attempts, leftTo }: Due): boolean {
  return attempts >= (leftTo.length > 0 ? mostAttemptsForFew : mostAttempts)
}

/** Where others were reached before, it was told. */
async function giveUp(store: Store, batch: readonly Due[], problem: string): Promise<void> {
  const untold = batch.filter(({ leftTo }) => leftTo.length === 0).map(({ id }) => id)
  for (const { id, leftTo } of batch.filter((each) => each.leftTo.length > 0))
    await markPartly(store, [id], { response: null, missed: { problem, to: [...leftTo] } })
  if (untold.length > 0) await markDead(store, untold, problem)
}
