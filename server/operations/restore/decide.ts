import type { Decision } from '#domain/operation/question.ts'
import { listNames } from '#domain/words.ts'
import { actOf, type StepOutcome, type TakenDecision } from '../define.ts'
import { movedAim } from './aim.ts'
import { lastAttempt } from './attempts.ts'
import type { RestoreContext } from './context.ts'
import { type Decided, noteRestore } from './facts.ts'
import { goesOn } from './goes-on.ts'
import { aimOf } from './recover.ts'
import { questionOf } from './question.ts'
import { standingOf } from './standing.ts'

/** Asks a person how to go on, unless the plan says it and all is as planned. */
export async function decide(context: RestoreContext): Promise<StepOutcome> {
  const { facts, operation, ended } = context
  const course = { plan: operation.plan, facts, ended }
  const standing = standingOf(course)
  const attempt = lastAttempt(context)
  const isAsExpected = attempt?.isOnTarget === true && (attempt.check === null || attempt.check.problem === null)
  const isMoved = Object.values(facts.restore?.decisions ?? {}).some(({ way }) => way === 'move')
  // Whoever has moved it was asked once and is asked again; and a wish of somebody who may no longer have it counts for nothing.
  const isAlone = operation.plan.commitsAlone && standing.failed === null && isAsExpected && !isMoved
  if (isAlone && (await context.forbidden()) === null) {
    const by = operation.requestedBy.name
    const reason = 'The plan says so: recovery stopped at its target.'
    keep(context, { step: 0, way: 'commit', target: null, reason, by, at: context.now(), goesOn: false })
    return { kind: 'done', detail: `It is made final without asking, as ${by} wished.` }
  }
  const asker = await context.cancelAskedBy()
  // Who called it off has not said whether to go on without a node that does not answer.
  const mustAsk = standing.phase === 'back' && (facts.restore?.unheard ?? []).length > 0
  if (asker !== null && !mustAsk) return { kind: 'cancelled', detail: `${asker} cancelled it.` }
  const decision = await context.decide(questionOf(course, await context.whyNotMoved()))
  const said = `${decision.by}: "${decision.reason}"`
  if (decision.refusal !== null)
    return { kind: 'failed', detail: `${decision.refusal} The decision is not followed. ${said}` }
  switch (decision.way) {
    case 'move':
      return move(context, decision, said)
    case 'leave':
      keep(context, { ...decidedBy(decision), goesOn: false })
      return { kind: 'failed', detail: leftSentence(context, said) }
    case 'pass': {
      const { unheard = [], passedOver = [], leftOut = [] } = context.facts.restore ?? {}
      noteRestore(context, { unheard: [], passedOver: [...new Set([...passedOver, ...unheard])] })
      // It may answer, and not come to follow for all that.
      if (standing.failed && actOf(standing.failed.name) === 'rebuild-replica')
        noteRestore(context, { leftOut: [...leftOut, ...unheard] })
      keep(context, { ...decidedBy(decision), goesOn: false })
      return {
        kind: 'done',
        detail: `${listNames(unheard)} ${unheard.length === 1 ? 'is' : 'are'} passed over. ${said}`,
      }
    }
    case 'commit':
    case 'abandon':
    case 'retry':
      keep(context, { ...decidedBy(decision), goesOn: false })
      return { kind: 'done', detail: `${sentences[decision.way]} ${said}` }
  }
}

const sentences = {
  commit: 'What was recovered becomes the cluster.',
  abandon: 'The old cluster comes back.',
  retry: 'The step that failed is done once more.',
}

async function move(context: RestoreContext, decision: TakenDecision, said: string): Promise<StepOutcome> {
  const { plan } = context.operation
  const { target } = decision
  // A policy may have come after the question.
  const whyNot = await context.whyNotMoved()
  if (whyNot !== null) return { kind: 'failed', detail: `${whyNot} The decision is not followed. ${said}` }
  const snapshot = await context.cluster.snapshot()
  if (target === null || snapshot === null) return { kind: 'failed', detail: `Where to move to is not known. ${said}` }
  const aim = movedAim({
    plan,
    snapshot,
    backups: await context.cluster.backups(),
    target,
    archivedTo: context.facts.restore?.archivedTo ?? null,
    now: context.now(),
  })
  if ('refusal' in aim) return { kind: 'failed', detail: `${aim.refusal} ${said}` }
  const isOnward = goesOn({
    from: aimOf(context),
    to: aim,
    attempt: lastAttempt(context),
    isPromoted: context.facts.restore?.isPromoted ?? false,
  })
  noteRestore(context, { aim })
  keep(context, { ...decidedBy(decision), goesOn: isOnward })
  return {
    kind: 'done',
    detail: `Recovery moves to ${aim.targetWords}${isOnward ? ', on from where it stands' : ''}. ${said}`,
  }
}

function keep(context: RestoreContext, decided: Decided): void {
  noteRestore(context, { decisions: { ...context.facts.restore?.decisions, [context.binding.step]: decided } })
}

function decidedBy({ step, way, target, reason, by, at }: TakenDecision): Decision {
  return { step, way, target, reason, by, at }
}

function leftSentence({ operation, facts, ended }: RestoreContext, said: string): string {
  const { sentence } = questionOf({ plan: operation.plan, facts, ended }, null)
  return `Left as it stands. ${said}. ${sentence}`
}
