import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { Course } from '../define.ts'
import type { Decided } from './facts.ts'
import { commitSequence, moveSequence, plannedSequence, wayBackSequence } from './sequences.ts'
import { type Doing, doingOf } from './step-names.ts'

export type RestoreCourse = Course<RestorePlan>

/** How a recovery stands, by the steps that have ended. */
export interface Standing {
  /** What is to be done from here on if nothing comes in between. */
  ahead: Doing[]
  /** Everything that was begun, whether it came to its end or not. */
  begun: ReadonlySet<Doing>
  /** `forward`: towards the question. `commit`: becoming the cluster. `back`: becoming what it was. */
  phase: 'forward' | 'commit' | 'back'
  /** The step that did not end as it should, while nothing was done about it. */
  failed: Course['ended'][number] | null
  /** Who called it off, in words; null where that was a decision, or nobody did. */
  calledOff: string | null
}

/** False for a step that a wish to cancel met before it began: it noted no begin. */
export function wasBegun({ name, outcome }: Course['ended'][number], { restore }: Course['facts']): boolean {
  return outcome.kind !== 'cancelled' || restore?.times?.[name] !== undefined
}

/** Walks the steps that have ended, with what was decided between them. */
export function standingOf({ plan, facts, ended }: RestoreCourse): Standing {
  const begun = new Set<Doing>()
  let standing: Omit<Standing, 'begun'> = {
    ahead: plannedSequence(plan),
    phase: 'forward',
    failed: null,
    calledOff: null,
  }
  const wayBack = (calledOff: string | null) =>
    ({ ahead: wayBackSequence(plan, begun), phase: 'back', failed: null, calledOff }) as const
  for (const step of ended) {
    const doing = doingOf(step.name)
    const { kind } = step.outcome
    const isBack = standing.phase === 'back'
    if (doing !== 'decide' && wasBegun(step, facts)) begun.add(doing)
    if (kind === 'cancelled' && !facts.restore?.isPublished) {
      // The way back is gone to its end: a wish to cancel it is no wish to stop half-way.
      standing = isBack ? { ...standing, failed: null } : wayBack(step.outcome.detail)
    } else if (doing === 'decide') {
      const decided = facts.restore?.decisions?.[step.name]
      if (kind === 'done' && decided) standing = afterDecision(standing, decided)
    } else if (kind === 'done') {
      standing = { ...standing, ahead: standing.ahead.slice(standing.ahead.indexOf(doing) + 1), failed: null }
    } else {
      standing = { ...standing, failed: step }
    }
  }
  return { ...standing, begun }

  function afterDecision(before: Omit<Standing, 'begun'>, { way, goesOn }: Decided): Omit<Standing, 'begun'> {
    switch (way) {
      case 'commit': {
        const clonesFromBackup = facts.restoreBefore?.clonesFromBackup ?? false
        return { ahead: commitSequence(plan, { clonesFromBackup }), phase: 'commit', failed: null, calledOff: null }
      }
      case 'move':
        return { ahead: moveSequence({ goesOn }), phase: 'forward', failed: null, calledOff: null }
      case 'abandon':
        return wayBack(null)
      case 'retry':
      case 'pass':
        return { ...before, failed: null }
      case 'leave':
        return before
    }
  }
}
