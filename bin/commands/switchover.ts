import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import type { Operation } from '#domain/operation/operation.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'
import { change, get } from '../api.ts'
import { type ApprovalOptions, approvalIn, withApproval } from '../approval-options.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { printJson } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { waitForEnd } from '../wait.ts'
import { timeIn } from './events.ts'

interface SwitchoverOptions extends ApprovalOptions {
  to?: string
  at?: string
  reason?: string
  cancel?: boolean
  yes?: boolean
  wait?: boolean
  json?: boolean
}

/** `switchover CLUSTER [--to MEMBER] [--at TIME] --reason TEXT --yes [--wait]`, and `--cancel` of a scheduled one. */
export function addSwitchoverCommand(program: Command, exit: Exit): void {
  withApproval(program.command('switchover <cluster>').description('move the lead to another member, now or at a time'))
    .option('--to <member>', 'the next leader; without it Patroni chooses among the fit')
    .option('--at <time>', 'when, such as 2026-03-01T02:00:00Z')
    .option('--cancel', 'cancel the scheduled switchover instead')
    .option('--reason <text>', 'why, for the audit log')
    .option('--yes', 'do it; without it the plan is printed')
    .option('--wait', 'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown')
    .option('--json', 'print the operation: {id, kind, state, steps, ...}; without --yes the plan')
    .action(async (cluster: string, options: SwitchoverOptions) => {
      const asked = whatIsAsked(options)
      const path = `/clusters/${encodeURIComponent(cluster)}/switchover`
      const plan = await get<SwitchoverPlan>(`${path}/plan`, {
        kind: asked.kind,
        candidate: asked.candidate ?? undefined,
        scheduledAt: asked.scheduledAt?.toISOString(),
      })
      if (!options.yes) {
        if (options.json) printJson(plan)
        else printPlan(plan)
        throw new UsageError('Nothing was done. Add --yes and --reason TEXT to do it.')
      }
      const operation = await request(path, plan, asked, { reason: reasonIn(options), ...approvalIn(options) })
      const last = options.wait ? await waitForEnd(operation) : operation
      if (options.wait) exit.code = exitOfOperation(last.state)
      printOperation(last, options.json ?? false)
    })
}

type Asked = Pick<SwitchoverPlan, 'kind' | 'candidate' | 'scheduledAt'>

function whatIsAsked({ to, at, cancel }: SwitchoverOptions): Asked {
  if (cancel && (to !== undefined || at !== undefined)) throw new UsageError('--cancel goes without --to and --at.')
  if (cancel) return { kind: 'cancel-scheduled-switchover', candidate: null, scheduledAt: null }
  const candidate = to ?? null
  if (at === undefined) return { kind: 'switchover', candidate, scheduledAt: null }
  if (!at.includes('T')) throw new UsageError(`${at} is no time to come: write it like 2026-03-01T02:00:00Z.`)
  return { kind: 'schedule-switchover', candidate, scheduledAt: timeIn(at, new Date()) }
}

function request(
  path: string,
  plan: SwitchoverPlan,
  asked: Asked,
  told: { reason: string; approval?: string },
): Promise<Operation> {
  const { clusterName: confirmName, leader, timeline, systemIdentifier } = plan
  const said = { ...told, confirmName, expected: { leader, timeline, systemIdentifier } }
  const key = { 'idempotency-key': randomUUID() }
  // Of a cancellation the plan says which schedule it is about.
  const isCancel = asked.kind === 'cancel-scheduled-switchover'
  const { candidate, scheduledAt } = isCancel ? plan : asked
  return change(isCancel ? 'DELETE' : 'POST', path, { ...said, candidate, scheduledAt }, key)
}
