import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import type { Operation } from '#domain/operation/operation.ts'
import type { ReleasePlan } from '#domain/plan/release-plan.ts'
import { change, get } from '../api.ts'
import { type ApprovalOptions, approvalIn, withApproval } from '../approval-options.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { printJson } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { waitForEnd } from '../wait.ts'

interface ReleaseOptions extends ApprovalOptions {
  reason?: string
  yes?: boolean
  wait?: boolean
  json?: boolean
}

/** `release OPERATION --reason TEXT --yes [--wait]`. */
export function addReleaseCommand(program: Command, exit: Exit): void {
  withApproval(
    program.command('release <id>').description('delete for good what a recovery or rehearsal left on nodes'),
  )
    .option('--reason <text>', 'why, for the audit log')
    .option('--yes', 'do it; without it the plan is printed')
    .option('--wait', 'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown')
    .option('--json', 'print the operation: {id, kind, state, steps, ...}; without --yes the plan')
    .action(async (id: string, options: ReleaseOptions) => {
      const path = `/operations/${encodeURIComponent(id)}/release`
      const plan = await get<ReleasePlan>(`${path}/plan`)
      if (!options.yes) {
        if (options.json) printJson(plan)
        else printPlan(plan)
        throw new UsageError('Nothing was done. Add --yes and --reason TEXT to do it.')
      }
      const body = { reason: reasonIn(options), confirmName: plan.clusterName, ...approvalIn(options) }
      const operation = await change<Operation>('POST', path, body, { 'idempotency-key': randomUUID() })
      const last = options.wait ? await waitForEnd(operation) : operation
      if (options.wait) exit.code = exitOfOperation(last.state)
      printOperation(last, options.json ?? false)
    })
}
