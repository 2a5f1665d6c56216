import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import type { Operation } from '#domain/operation/operation.ts'
import type { StackPlan } from '#domain/plan/plan.ts'
import { change, get } from '../api.ts'
import { type ApprovalOptions, approvalIn, withApproval } from '../approval-options.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { printJson, printLines } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { waitForEnd } from '../wait.ts'

/** What every command to a layer takes. */
export interface ActOptions extends ApprovalOptions {
  reason?: string
  confirm?: string
  yes?: boolean
  wait?: boolean
  json?: boolean
}

/** Adds the options that every such command has. */
export function withActOptions(command: Command): Command {
  return withApproval(command)
    .option('--reason <text>', 'why, for the audit log')
    .option('--yes', 'do it; without it the plan is printed')
    .option('--wait', 'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown')
    .option('--json', 'print the operation: {id, kind, state, steps, ...}; without --yes the plan')
}

/** Prints the plan, or asks for it to be done. */
export async function act(asked: {
  plan: { path: string; query: Record<string, string> }
  request: { path: string; body: Record<string, unknown> }
  options: ActOptions
  exit: Exit
}): Promise<void> {
  const { plan: planned, request, options, exit } = asked
  if (!options.yes) {
    const plan = await get<StackPlan>(planned.path, planned.query)
    if (options.json) printJson(plan)
    else {
      printPlan(plan)
      if (plan.confirm !== null) printLines([`To confirm it, add --confirm ${plan.confirm}`])
    }
    throw new UsageError('Nothing was done. Add --yes and --reason TEXT to do it.')
  }
  const body = { ...request.body, reason: reasonIn(options), ...approvalIn(options) }
  const operation = await change<Operation>('POST', request.path, body, { 'idempotency-key': randomUUID() })
  const last = options.wait ? await waitForEnd(operation) : operation
  if (options.wait) exit.code = exitOfOperation(last.state)
  printOperation(last, options.json ?? false)
}
