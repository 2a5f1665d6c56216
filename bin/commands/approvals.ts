import type { Command } from 'commander'
import type { ApprovalRow, ApprovalView } from '#domain/approvals/view.ts'
import type { RequestStanding } from '#domain/approvals/judge-request.ts'
import { count } from '#domain/words.ts'
import type { Operation } from '#domain/operation/operation.ts'
import { change, get } from '../api.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { moment, printJson, printLines, printTable } from '../print.ts'
import { waitForEnd } from '../wait.ts'

interface DecisionOptions {
  as?: string
  code?: string
  reason?: string
  json?: boolean
}

/** `approvals list|show|approve|reject|run`. */
export function addApprovalCommands(program: Command, exit: Exit): void {
  const approvals = program.command('approvals').description('what waits for the approval of another person')
  approvals
    .command('list')
    .description('what waits, the oldest first')
    .option('--json', 'print an array of requests')
    .action(async ({ json }: { json?: boolean }) => {
      const rows = await get<ApprovalRow[]>('/approvals')
      if (json) return printJson(rows)
      if (rows.length === 0) return printLines(['Nothing waits for approval.'])
      printTable(
        ['id', 'what', 'cluster', 'asked by', 'how it stands', 'reason'],
        rows.map(({ id, kind, clusterName, requestedBy, standing, reason }) => [
          id,
          kind,
          clusterName,
          requestedBy.name,
          standingWords(standing),
          reason,
        ]),
      )
    })
  approvals
    .command('show <id>')
    .description('the plan, who decided, and what changed since; ID is that of the operation')
    .option('--json', 'print the request: {operation, standing, need, bound, since, ...}')
    .action(async (id: string, { json }: { json?: boolean }) => {
      const view = await get<ApprovalView>(pathOf(id))
      if (json) return printJson(view)
      printOperation({ ...view.operation, steps: [] }, false)
      printLines(['', `It ${standingWords(view.standing)}.`])
      printPlan(view.operation.plan)
      for (const { approver, decision, at, reason } of view.operation.approval?.decisions ?? [])
        printLines([`${approver.name}: ${decision} at ${moment(at)} ${reason}`.trimEnd()])
      if (view.since.length > 0) printLines(['', 'Since it was asked for:'])
      for (const event of view.since) printLines([`  ${moment(event.at)} ${event.sentence}`])
    })
  for (const decision of ['approve', 'reject'] as const) {
    approvals
      .command(`${decision} <id>`)
      .description(`${decision} what somebody else asked for`)
      .requiredOption('--as <email>', 'whose code it is: a token approves nothing, a person does')
      .requiredOption('--code <code>', 'the six digits of the app; it has to be a factor that somebody vouched for')
      .option(
        '--reason <text>',
        decision === 'approve' ? 'said along with it' : 'why, for whoever asked and the audit log',
      )
      .option('--json', 'print the operation')
      .action((id: string, options: DecisionOptions) => decide(id, decision, options))
  }
  approvals
    .command('run <id>')
    .description('run what this token asked for and others approved')
    .option('--wait', 'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown')
    .option('--json', 'print the operation: {id, kind, state, steps, ...}')
    .action(async (id: string, options: { wait?: boolean; json?: boolean }) => {
      const operation = await change<Operation>('POST', `${pathOf(id)}/run`, {})
      const last = options.wait ? await waitForEnd(operation) : operation
      if (options.wait) exit.code = exitOfOperation(last.state)
      printOperation(last, options.json ?? false)
    })
}

async function decide(id: string, decision: 'approve' | 'reject', options: DecisionOptions): Promise<void> {
  const reason = options.reason ?? ''
  if (decision === 'reject' && reason.trim() === '') throw new UsageError('Say why: add --reason TEXT.')
  const { bound } = await get<ApprovalView>(pathOf(id))
  const body = { seen: bound, as: options.as, proof: { kind: 'totp', code: options.code }, reason }
  const operation = await change<Operation>('POST', `${pathOf(id)}/${decision}`, body)
  printOperation(operation, options.json ?? false)
}

function pathOf(id: string): string {
  return `/approvals/${encodeURIComponent(id)}`
}

function standingWords(standing: RequestStanding): string {
  switch (standing.kind) {
    case 'open':
      return `waits for ${count(standing.missing, 'approval')} until ${moment(standing.untilAt)}`
    case 'approved':
      return `is approved, to be run until ${moment(standing.untilAt)}`
    case 'over':
      return `is over: ${standing.sentence.replace(/\.$/, '')}`
  }
}
