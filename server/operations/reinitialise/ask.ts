import { LookError } from '#server/adapters/look-error.ts'
import type { StepOutcome } from '../define.ts'
import { configuredAddress, notConfigured } from '../leader-address.ts'
import { isStaleCheck } from '../engine/stale-check.ts'
import type { ReinitialiseContext } from './context.ts'
import { recheck } from './recheck.ts'
import { whatCameOf } from './what-came-of.ts'

/** Sends the request to the member, once and never again: a second would delete the copy that the first began. */
export async function ask(context: ReinitialiseContext): Promise<StepOutcome> {
  const { cluster, operation, now } = context
  const { member, force } = operation.plan
  if (isStaleCheck(context)) {
    const found = await recheck(context)
    if ('kind' in found) return found
  }
  const snapshot = await cluster.snapshot()
  const url = snapshot && configuredAddress(cluster, snapshot, member)
  if (!url) return { kind: 'refused', detail: notConfigured(member) }
  const stranger = await whoElse(context, url)
  if (stranger !== null) return { kind: 'refused', detail: stranger }
  const before = snapshot.members.find(({ name }) => name === member)
  await context.remember({ sends: 1, oldStartedAt: before?.postmasterStartedAt ?? null, askedAt: now() })
  await context.fence()
  context.debugPoint('before-send')
  context.say(
    `asks Patroni on ${member} to copy it anew in place of its old data${force ? ', ending what it is at work on' : ''}`,
  )
  const reply = await cluster.patroni.reinitialise(url, { force }, context.signal)
  context.debugPoint('after-send')
  switch (reply.kind) {
    case 'started':
      return { kind: 'done', detail: `Patroni on ${member} began.` }
    case 'refused':
      return { kind: 'refused', detail: `${reply.sentence} Nothing was deleted.` }
    case 'busy':
      return { kind: 'refused', detail: `${reply.sentence} ${force ? forcedWords : unforcedWords}` }
    case 'unknown':
      context.say(reply.sentence)
      return whatCameOf(context, url, reply.sentence)
  }
}

/** The request names no member: whoever answers at the address deletes its data. Null = it is the member, or one so old that it does not say. */
async function whoElse({ cluster, operation, signal }: ReinitialiseContext, url: string): Promise<string | null> {
  const { member } = operation.plan
  try {
    const { name } = await cluster.patroni.status(url, signal)
    if (name === null || name === member) return null
    return `At ${url}, the address of ${member}, answers ${name}: nothing was sent. Correct the addresses in the settings, or restapi.connect_address on the nodes.`
  } catch (error) {
    if (!(error instanceof LookError)) throw error
    return `${error.message} So nothing was sent.`
  }
}

const unforcedWords = 'Nothing was deleted. Wait for its end, or ask again with force, which ends it.'
const forcedWords = 'What it was at work on before was ended, and this began since: look at the member and ask again.'

/** After a crash: what became of the request, if it was sent at all. It is not sent again. */
export async function probe(context: ReinitialiseContext): Promise<StepOutcome | { kind: 'not-done' }> {
  const { cluster, operation, facts } = context
  if ((facts.sends ?? 0) === 0) {
    context.say('nothing had been sent')
    return { kind: 'not-done' }
  }
  const { member } = operation.plan
  context.say('the request may have been sent: looking what became of it')
  const snapshot = await cluster.snapshot()
  const url = snapshot && configuredAddress(cluster, snapshot, member)
  return whatCameOf(context, url, 'The worker that sent the request died.')
}
