import { whereItStopped } from './attempt-words.ts'
import { formatByteCount, formatDuration, formatInstant } from '#domain/format.ts'
import { type Operation, restoreResultOf } from '#domain/operation/operation.ts'
import { facts, part, plainText, table } from '#domain/operation/report/markdown.ts'
import {
  askedLines,
  decisionLines,
  headLines,
  phaseLines,
  stepLines,
  textOf,
} from '#domain/operation/report/operation-parts.ts'
import { checkLines, tableLines } from '#domain/operation/report/seen-data.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { RecoveryAttempt, RestoreResult } from './restore-result.ts'

/** The proof of a recovery in place as Markdown: what was wanted, what was seen of the data, who decided what, and how it ended. */
export function restoreReport(operation: Operation): string {
  const { plan, clusterName } = operation
  const result = restoreResultOf(operation.result)
  return textOf([
    ...headLines(`Recovery of ${clusterName}`, operation),
    ...askedLines(operation),
    ...(plan.kind === 'restore' ? part('What was asked for', askedFor(plan)) : []),
    ...(result === null ? [] : seenParts(result)),
    ...part('What was decided', decisionLines(operation)),
    ...part('How long it took', result === null ? [] : durationLines(result)),
    ...part('Every step', stepLines(operation)),
  ])
}

function askedFor(plan: RestorePlan): string[] {
  const { loss } = plan
  return [
    ...facts([
      ['Target', plan.targetWords],
      ['Backup', plan.set === '' ? null : `${plan.set}, repository ${plan.repository}. ${plan.choiceReason}`],
      ['Timeline', `${plan.targetTimeline}`],
      ['Node', plan.nodeReason],
      ['Given up from', loss.fromAt && `${formatInstant(loss.fromAt)} to ${formatInstant(loss.toAt)}`],
      ['WAL given up', loss.walBytes === null ? null : formatByteCount(loss.walBytes)],
      ['Final without asking', plan.commitsAlone ? 'yes, where recovery stops at the target' : 'no'],
    ]),
  ]
}

function seenParts(result: RestoreResult): string[] {
  const { attempts } = result
  return [
    ...attempts.flatMap((attempt, index) =>
      part(attempts.length === 1 ? 'What was recovered' : `Recovery ${index + 1} of ${attempts.length}`, [
        ...attemptLines(attempt),
      ]),
    ),
    ...part('What stands now', standsLines(result)),
  ]
}

/** What Postgres said of one recovery, and what the data answered. */
export function attemptLines(attempt: RecoveryAttempt): string[] {
  const { isOnTarget, targetWords, replayedLsn, check, tables } = attempt
  const verdict = isOnTarget
    ? `That is the target, ${targetWords}.`
    : `That is not, or not provably, the target, ${targetWords}.`
  return [
    plainText(`${whereItStopped(attempt)} ${verdict}`),
    '',
    ...facts([['Last WAL position replayed', replayedLsn]]),
    ...checkLines(check),
    ...tableLines(tables),
  ]
}

const endings = {
  committed: 'The cluster runs on the recovered data.',
  abandoned: 'The old cluster is back.',
  standing: 'Neither the recovered nor the old cluster is whole: the outcome says what stands.',
} as const satisfies Record<RestoreResult['ended'], string>

function standsLines(result: RestoreResult): string[] {
  const { ended, timelineBefore, timelineAfter, systemIdentifier, members, keptAside, newBackup, archivedWal } = result
  const isCommitted = ended === 'committed'
  return [
    endings[ended],
    '',
    ...facts([
      ['Timeline before', timelineBefore === null ? 'not known' : String(timelineBefore)],
      ['Timeline after', timelineAfter === null ? 'not known' : String(timelineAfter)],
      ['System identifier', systemIdentifier],
      ['First WAL of the new timeline in the archive', archivedWal ?? (isCommitted ? 'not seen' : null)],
      ['Full backup on the new timeline', newBackup ?? (isCommitted ? 'none yet' : null)],
      ['Data kept aside', keptAside.length === 0 ? 'none' : keptAside.map(keptWords).join(', ')],
    ]),
    ...table(
      ['Member', 'Role', 'Timeline', 'Streams'],
      members.map(({ name, role, timeline, isStreaming }) => [
        name,
        role,
        timeline === null ? 'not known' : String(timeline),
        streamsWords(role, isStreaming),
      ]),
    ),
  ]
}

/** A leader streams from nobody, and need not. */
function streamsWords(role: string, isStreaming: boolean): string {
  if (role === 'leader') return ''
  return isStreaming ? 'yes' : 'no'
}

function keptWords({ node, name }: { node: string; name: string }): string {
  return `${name} on ${node}`
}

function durationLines({ phases, writableAfterMs }: RestoreResult): string[] {
  const outage =
    writableAfterMs === null
      ? 'No writable leader was reached after clients were shut out.'
      : `From shutting clients out to the first writable leader it took ${formatDuration(writableAfterMs)}.`
  return [outage, '', ...phaseLines(phases)]
}
