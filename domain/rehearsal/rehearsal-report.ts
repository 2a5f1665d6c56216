import { formatBytes, formatDuration } from '#domain/format.ts'
import { type Operation, rehearsalResultOf } from '#domain/operation/operation.ts'
import type { RehearsalPlan } from '#domain/plan/rehearsal-plan.ts'
import { extractStays } from './extract-size.ts'
import type { RehearsalResult } from './rehearsal-result.ts'
import { facts, part, plainText } from '#domain/operation/report/markdown.ts'
import { askedLines, headLines, phaseLines, stepLines, textOf } from '#domain/operation/report/operation-parts.ts'
import { checkLines, tableLines } from '#domain/operation/report/seen-data.ts'
import { attemptLines } from '#domain/recovery/restore-report.ts'
import { count } from '#domain/words.ts'

/** The report of a rehearsal as Markdown: whether the backups yielded what was asked for, what was seen, and how long a real recovery would take. */
export function rehearsalReport(operation: Operation): string {
  const { plan, clusterName } = operation
  const result = rehearsalResultOf(operation.result)
  return textOf([
    ...headLines(`Rehearsal of a recovery of ${clusterName}`, operation),
    ...askedLines(operation),
    ...(plan.kind === 'rehearsal' ? part('What was asked for', askedFor(plan)) : []),
    ...(result === null ? [] : seenParts(result)),
    ...part('How long it took', result === null ? [] : durationLines(result)),
    ...part('Every step', stepLines(operation)),
  ])
}

function askedFor(plan: RehearsalPlan): string[] {
  return facts([
    ['Target', plan.targetWords],
    ['Backup', plan.set === '' ? null : `${plan.set}, repository ${plan.repository}. ${plan.choiceReason}`],
    ['Timeline', `${plan.targetTimeline}`],
    ['Node', plan.nodeReason],
  ])
}

function seenParts(result: RehearsalResult): string[] {
  const { isGood, fault, attempt, check, tables, extract } = result
  const verdict = isGood ? 'The backups yielded what was asked for.' : `They did not: ${fault ?? 'no reason was kept.'}`
  const seen = attempt === null ? [...checkLines(check), ...tableLines(tables)] : attemptLines(attempt)
  return [
    ...part('What came of it', [plainText(verdict), '']),
    ...part('What was recovered', seen),
    ...part('Pages', pageLines(result)),
    ...part('What was taken out', extractLines(extract)),
  ]
}

function pageLines({ pages }: RehearsalResult): string[] {
  if (pages === null) return ['amcheck was not asked for.', '']
  const { relations, faults, problem } = pages
  const seen = `amcheck looked through ${count(relations, 'relation')} and found ${faults.length === 0 ? 'no fault' : count(faults.length, 'fault')}.`
  const stopped = problem === null ? [] : [`It did not come to its end: ${plainText(problem)}`, '']
  return [seen, '', ...stopped, ...faults.map((fault) => `- ${plainText(fault)}`), ...(faults.length > 0 ? [''] : [])]
}

function extractLines(extract: RehearsalResult['extract']): string[] {
  if (extract === null) return []
  const { node, name, bytes, sha256 } = extract
  return facts([
    ['File', `${name} on ${node}`],
    ['Size', formatBytes(bytes)],
    ['SHA-256', sha256],
    ['Too large', extractStays(extract)],
  ])
}

function durationLines({ phases, recoveryMs, restoredBytes }: RehearsalResult): string[] {
  const size = restoredBytes === null ? '' : `${formatBytes(restoredBytes)} were restored. `
  const real =
    recoveryMs === null
      ? 'How long a real recovery would take was not measured.'
      : `A real recovery of this size would take ${formatDuration(recoveryMs)} until its data can be used.`
  return [`${size}${real}`, '', ...phaseLines(phases)]
}
