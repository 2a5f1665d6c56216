import { isDeepStrictEqual } from 'node:util'
import type { PatroniStatus } from '#domain/snapshot/patroni.ts'
import type { StepOutcome } from '../define.ts'
import type { RestoreContext } from './context.ts'
import { noteRestore } from './facts.ts'
import { addressOf, lookAtLeader, statusOf } from './members.ts'
import { type Look, untilFound } from './until.ts'

/**
 * The point of no return: Postgres is restarted without what held it back, so that clients may come in and its timeline is archived. A restart that
 * was asked for before is known by the postmaster of before it.
 */
export async function open(context: RestoreContext): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const refusal = await restartOnce(context, node)
  if (refusal !== null) return { kind: 'failed', detail: refusal }
  const open = await untilFound(
    context,
    { what: `${node} takes writes after the restart`, withinMs: 300_000, everyMs: 150, mayCancel: false },
    () => lookAtOpened(context, node),
  )
  if ('kind' in open) return open
  const now = context.now()
  noteRestore(context, {
    openedAt: context.facts.restore?.openedAt ?? now,
    writableAt: context.facts.restore?.writableAt ?? now,
  })
  const config = await keepConfig(context, node)
  if (config.kind !== 'done') return config
  return {
    kind: 'done',
    detail: `${node} takes writes on timeline ${open.found.timeline ?? 'unknown'}, with the old system identifier. ${config.detail}`,
  }
}

/** Null = asked for, now or before; else why Patroni did not do it, and then nothing is published. */
async function restartOnce(context: RestoreContext, node: string): Promise<string | null> {
  const url = addressOf(context, node)
  const before = context.facts.restore?.postmasterBefore
  const { postmasterStartedAt: startedAt } = await statusOf(context, node)
  if (before && isAnother(startedAt, before.startedAt)) return null
  noteRestore(context, { postmasterBefore: { startedAt }, isPublished: true })
  await context.remember({})
  await context.fence()
  context.debugPoint('before-send')
  const reply = await context.cluster.patroni.restart(url, context.signal)
  if (reply.kind === 'unknown') context.say(`${reply.sentence} What came of it is looked at.`)
  if (reply.kind !== 'refused') return null
  // Of an earlier request nobody knows.
  if (!before) noteRestore(context, { isPublished: false, postmasterBefore: undefined })
  return reply.sentence
}

function isAnother(now: Date | null, before: Date | null): boolean {
  return now !== null && before !== null && now.getTime() !== before.getTime()
}

async function lookAtOpened(context: RestoreContext, node: string): Promise<Look<PatroniStatus>> {
  const seen = await lookAtLeader(context, node)
  if ('not' in seen) return seen
  const { postmasterStartedAt, systemIdentifier, timeline } = seen.found
  const { postmasterBefore, newTimeline } = context.facts.restore ?? {}
  if (!isAnother(postmasterStartedAt, postmasterBefore?.startedAt ?? null)) {
    return { not: `Postgres on ${node} has not been restarted yet.` }
  }
  const expected = context.facts.restoreBefore?.systemIdentifier ?? null
  if (systemIdentifier !== null && systemIdentifier !== expected) {
    return { not: `The data on ${node} has the system identifier ${systemIdentifier} instead of ${expected}.` }
  }
  if (newTimeline !== undefined && timeline !== null && timeline !== newTimeline) {
    return { not: `${node} is on timeline ${timeline} instead of ${newTimeline}.` }
  }
  return seen
}

/** The configuration is compared with that of before, and put back where a stray one of the backup took its place. */
async function keepConfig(context: RestoreContext, node: string): Promise<StepOutcome> {
  const url = addressOf(context, node)
  const { patroni } = context.cluster
  const wanted = context.facts.restoreBefore?.config ?? '{}'
  const isSame = async () =>
    isDeepStrictEqual(JSON.parse(await patroni.configText(url, context.signal)), JSON.parse(wanted))
  if (await isSame()) return { kind: 'done', detail: 'The configuration is the same.' }
  await context.fence()
  const reply = await patroni.replaceConfig(url, wanted, context.signal)
  if (await isSame()) return { kind: 'done', detail: 'The configuration of before was put back.' }
  const why = reply.kind === 'done' ? '' : ` ${reply.sentence}`
  return { kind: 'failed', detail: `The configuration differs from that of before and could not be put back.${why}` }
}
