import { formatDuration, formatInstant } from '#domain/format.ts'
import type { Operation, OperationStep } from '#domain/operation/operation.ts'
import type { WayKind } from '#domain/operation/question.ts'
import { targetWords } from '#domain/recovery/target-words.ts'
import { facts, plainText, table } from './markdown.ts'

/** Who asked for an operation, when and why, and how it ended. */
export function askedLines(operation: Operation): string[] {
  const { requestedBy, requestedAt, startedAt, endedAt, reason, state, id } = operation
  return facts([
    ['Asked for by', `${requestedBy.name}, ${formatInstant(requestedAt)}`],
    ['Reason', reason === '' ? 'none was given' : reason],
    ['Began', startedAt && formatInstant(startedAt)],
    ['Ended', endedAt && `${formatInstant(endedAt)}${startedAt ? `, after ${between(startedAt, endedAt)}` : ''}`],
    ['State', state],
    ['Operation', id],
  ])
}

/** Who decided what, when and why. */
export function decisionLines({ decisions }: Operation): string[] {
  return table(
    ['When', 'Who', 'What', 'Why'],
    decisions.map(({ at, by, way, target, reason }) => [
      formatInstant(at),
      by,
      target === null ? wayWords[way] : `${wayWords[way]}: ${targetWords(target)}`,
      reason,
    ]),
  )
}

const wayWords = {
  commit: 'make it final',
  move: 'recover to another moment',
  abandon: 'bring the old cluster back',
  retry: 'try the step again',
  pass: 'go on without a node',
  leave: 'leave it as it stands',
} as const satisfies Record<WayKind, string>

/** How long each phase took. */
export function phaseLines(phases: readonly { name: string; ms: number }[]): string[] {
  return table(
    ['Phase', 'Took'],
    phases.map(({ name, ms }) => [name, formatDuration(ms)]),
  )
}

/** Every step with its times and what came of it. */
export function stepLines({ steps }: Operation): string[] {
  return table(
    ['Step', 'Began', 'Took', 'End', 'What came of it'],
    steps
      .filter(({ state }) => state !== 'pending')
      .map((step) => [
        `${step.n}. ${step.title}`,
        step.startedAt === null ? '' : formatInstant(step.startedAt),
        lasted(step),
        step.state,
        step.detail ?? '',
      ]),
  )
}

/** The title of a report and its first sentence. */
export function headLines(title: string, operation: Operation): string[] {
  const { outcome, question } = operation
  const stands = question === null ? 'It has not ended yet.' : `It waits for a decision: ${question.sentence}`
  return [`# ${plainText(title)}`, '', plainText(outcome ?? stands), '']
}

/** Lines as one text with one line end at its end. */
export function textOf(lines: readonly string[]): string {
  return `${lines.join('\n').trimEnd()}\n`
}

function lasted({ startedAt, endedAt }: OperationStep): string {
  return startedAt === null || endedAt === null ? '' : between(startedAt, endedAt)
}

function between(from: Date, to: Date): string {
  return formatDuration(to.getTime() - from.getTime())
}
