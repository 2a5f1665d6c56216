import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import type { StepOutcome } from '../define.ts'
import type { MoveWatch } from '../lead/move-watch.ts'
import { describe, lastLineOf } from '../lead/narrate.ts'
import type { Sighting } from '../lead/sighting.ts'
import { knownRefusal } from '../switchover/refusal.ts'
import { type FailoverContext, namedIn } from './context.ts'

/** Why the request is not sent after all: somebody leads by now, or somebody else has asked; null = nothing of that is seen. */
export function whyOvertaken({ leader, clusterName }: FailoverPlan, { dcs }: Pick<Sighting, 'dcs'>): string | null {
  if (dcs === null) return `The leader key of ${clusterName} cannot be seen at this moment, so nothing was sent.`
  if ((dcs.leader ?? '') !== leader) {
    return `The plan was made while ${leader || 'nobody'} led ${clusterName}; ${dcs.leader ?? 'nobody'} leads now. Nothing was sent.`
  }
  if (dcs.isMovePending === true) {
    return `Somebody else has asked Patroni to move the lead of ${clusterName}, and that is not done yet. Nothing was sent.`
  }
  return null
}

/** How the step ends where Patroni said no. */
export function refusedReply(plan: FailoverPlan, sentence: string, { dcs }: Pick<Sighting, 'dcs'>): StepOutcome {
  const dropped = `Patroni took the request and dropped it. Its log on ${plan.leader || plan.candidate} says why.`
  const why = knownRefusal(plan, sentence) ?? (/Failover failed/i.test(sentence) ? dropped : sentence)
  const leads = dcs === null ? '' : ` ${dcs.leader ?? 'Nobody'} leads.`
  return { kind: 'refused', detail: `${why}${leads}` }
}

/** How the step ends where the request has brought nothing about, or that cannot be told. */
export async function unresolved(
  context: FailoverContext,
  watch: MoveWatch,
  { doubt, isSettled }: { doubt: string; isSettled: boolean },
): Promise<StepOutcome> {
  const { plan, clusterName } = context.operation
  const candidate = namedIn(context)
  if (isSettled) {
    const lead = plan.leader === '' ? 'nobody leads, as before' : `${plan.leader} holds the lead as before`
    const detail = `${doubt} By what is seen ${lead}, and no request stands any more: it did not arrive, or ${candidate} could not take the lead. It was not sent again. The log of Patroni on ${candidate} says which.`
    return { kind: 'failed', detail: detail.trim() }
  }
  const history = await watch.readHistory()
  const sentences = [
    doubt,
    `It could not be told in time whether ${candidate} took the lead of ${clusterName}.`,
    describe(watch.seen),
    watch.seen.dcs?.isMovePending === true
      ? `The request still stands in Patroni's key failover: ${candidate} takes the lead as soon as its Patroni can.`
      : '',
    history === null ? '' : lastLineOf(history),
    'See who leads (patronictl list) before you act again.',
  ]
  return { kind: 'unknown', detail: sentences.filter((sentence) => sentence !== '').join(' ') }
}
