import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import type { FailoverPlan } from '#domain/plan/failover-plan.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import { type ApprovalOptions, approvalIn, withApproval } from '../approval-options.ts'
import type { Exit } from '../exit.ts'
import { printJson, printLines } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { waitForEnd } from '../wait.ts'

interface FailoverOptions extends ApprovalOptions {
  to?: string
  reason?: string
  yes?: boolean
  wait?: boolean
  json?: boolean
}

/** `failover CLUSTER --to MEMBER --reason TEXT --yes [--wait]`: for a cluster in which nobody leads at work. */
export function addFailoverCommand(program: Command, exit: Exit): void {
  withApproval(
    program.command('failover <cluster>').description('name the leader of a cluster that has none that works'),
  )
    .option('--to <member>', 'who shall lead; without it each member is listed with how it stands')
    .option('--reason <text>', 'why, for the audit log')
    .option('--yes', 'do it; without it the plan is printed')
    .option('--wait', 'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown')
    .option('--json', 'print the operation: {id, kind, state, steps, ...}; without --yes the plan')
    .action(async (cluster: string, { to, yes, wait, json, ...options }: FailoverOptions) => {
      const path = `/clusters/${encodeURIComponent(cluster)}/failover`
      const plan = await get<FailoverPlan>(`${path}/plan`, { candidate: to })
      if (!yes || to === undefined) {
        if (json) printJson(plan)
        else printWhole(plan)
        throw new UsageError('Nothing was done. Add --to MEMBER, --yes and --reason TEXT to do it.')
      }
      const { clusterName: confirmName, leader, timeline, systemIdentifier } = plan
      const told = { reason: reasonIn(options), ...approvalIn(options) }
      const asked = { ...told, candidate: to, confirmName, expected: { leader, timeline, systemIdentifier } }
      const operation = await change<Operation>('POST', path, asked, { 'idempotency-key': randomUUID() })
      const last = wait ? await waitForEnd(operation) : operation
      if (wait) exit.code = exitOfOperation(last.state)
      printOperation(last, json ?? false)
    })
}

function printWhole(plan: FailoverPlan): void {
  printLines(plan.candidates.map(({ name, isFit, reason }) => `${name}: ${isFit ? '' : 'cannot be named, '}${reason}`))
  printPlan(plan)
}
