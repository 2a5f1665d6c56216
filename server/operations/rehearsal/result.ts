import { formatDuration } from '#domain/format.ts'
import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import type { RehearsalResult } from '#domain/rehearsal/rehearsal-result.ts'
import type { Facts, StepOutcome } from '../define.ts'
import type { RehearsalContext } from './context.ts'

/** The report of a rehearsal, from what its steps noted; null while nothing was restored. */
export function resultOf({ rehearsal: so = {} }: Facts, plan: RehearsalPlan): RehearsalResult | null {
  if (so.isBegun !== true) return null
  const faults = so.faults ?? []
  const isThrough = so.attempt?.isOnTarget === true
  const { node, set, repository, targetWords } = plan
  // The store keeps names in an order of its own.
  const times = Object.entries(so.times ?? {})
    .toSorted(([, one], [, other]) => one.beganAt.getTime() - other.beganAt.getTime())
    .flatMap(([step, { title, beganAt, endedAt }]) =>
      endedAt === null ? [] : [{ step, name: title, ms: endedAt.getTime() - beganAt.getTime() }],
    )
  const msOf = (step: string) => times.find((one) => one.step === step)?.ms ?? null
  const [restoreMs, recoverMs] = [msOf('restore'), msOf('recover')]
  return {
    kind: 'rehearsal',
    isGood: isThrough && faults.length === 0,
    fault: faultOf(faults, isThrough),
    node,
    set,
    repository,
    targetWords,
    attempt: so.attempt ?? null,
    check: so.check ?? null,
    tables: so.attempt?.tables ?? [],
    pages: so.pages ?? null,
    extract: so.extract ?? null,
    phases: times.map(({ name, ms }) => ({ name, ms })),
    recoveryMs: isThrough && restoreMs !== null && recoverMs !== null ? restoreMs + recoverMs : null,
    restoredBytes: so.restoredBytes ?? null,
  }
}

function faultOf(faults: readonly string[], isThrough: boolean): string | null {
  if (faults.length > 0) return faults.join(' ')
  return isThrough ? null : 'It was ended before the data could be seen.'
}

/** Judges what was seen: a rehearsal that is no good one fails, so that nobody takes it for one. */
export function report({ facts, operation: { plan } }: RehearsalContext): Promise<StepOutcome> {
  const result = resultOf(facts, plan)
  if (result === null || !result.isGood) {
    const detail = `The rehearsal is no good one. ${result?.fault ?? 'Nothing was restored.'}`
    return Promise.resolve({ kind: 'failed', detail })
  }
  return Promise.resolve({ kind: 'done', detail: 'The backups yield what was asked for.' })
}

/** What a good rehearsal is called. */
export function succeededSentence(facts: Facts, plan: RehearsalPlan): string {
  const { recoveryMs = null } = resultOf(facts, plan) ?? {}
  const lasted = recoveryMs === null ? '' : ` in ${formatDuration(recoveryMs)}`
  return `The backups of ${plan.clusterName} can be recovered to ${plan.targetWords}${lasted}.`
}
