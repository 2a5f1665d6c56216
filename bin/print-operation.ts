import { isEnded, type Operation, type OperationState } from '#domain/operation/operation.ts'
import type { Question, WayKind } from '#domain/operation/question.ts'
import { exitCodes, type Exit } from './exit.ts'
import { printSeen } from './print-seen.ts'
import { moment, printJson, printLines, printTable } from './print.ts'

/** An operation with its steps, or the whole of it as JSON. */
export function printOperation(operation: Operation, asJson: boolean): void {
  if (asJson) {
    printJson(operation)
    return
  }
  const { id, kind, clusterName, state, reason, requestedBy, requestedAt, steps, outcome } = operation
  printLines([
    `${kind} of ${clusterName}: ${state}. ${outcome ?? ''}`.trimEnd(),
    `${id}, asked for by ${requestedBy.name} at ${moment(requestedAt)}: ${reason}`,
  ])
  if (steps.length > 0) {
    printLines([''])
    printTable(
      ['step', 'state', 'started', 'ended', ''],
      steps.map((step) => [step.title, step.state, moment(step.startedAt), moment(step.endedAt), step.detail ?? '']),
    )
  }
  if (operation.question) printQuestion(id, operation.question)
  else if (state === 'proposed')
    printLines(['', `It waits for approval and nothing was done. See it with: matriarch approvals show ${id}`])
  else if (!isEnded(state)) printLines(['', `Follow it with: matriarch operations show ${id}`])
}

/** What is to be decided, what was seen, and how to answer. */
function printQuestion(id: string, { sentence, seen, ways }: Question): void {
  printLines(['', sentence])
  if (seen) printSeen(seen)
  for (const { kind, title, sentence: what } of ways) printLines([`  ${flags[kind]}  ${title}: ${what}`])
  printLines([`Decide with: matriarch decide ${id} WAY --reason TEXT`])
}

const flags = {
  commit: '--commit',
  move: '--target TIME',
  abandon: '--abandon',
  retry: '--retry',
  pass: '--pass',
  leave: '--leave',
} as const satisfies Record<WayKind, string>

/** The exit code that tells how an operation ended. */
export function exitOfOperation(state: OperationState): Exit['code'] {
  switch (state) {
    case 'succeeded':
      return exitCodes.done
    case 'failed':
      return exitCodes.failed
    case 'refused':
    case 'cancelled':
    // Nobody carries it out until others have approved it.
    case 'proposed':
      return exitCodes.refused
    case 'planned':
    case 'running':
    case 'waiting':
    case 'unknown':
      return exitCodes.unknown
  }
}
