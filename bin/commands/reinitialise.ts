import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import type { Operation } from '#domain/operation/operation.ts'
import type { ReinitialisePlan } from '#domain/plan/reinitialise-plan.ts'
import { change, get } from '../api.ts'
import { approvalIn } from '../approval-options.ts'
import { UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { printJson, printLines } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { waitForEnd } from '../wait.ts'
import { type ActOptions, withActOptions } from './act.ts'

/** `reinitialise CLUSTER MEMBER [--force] --reason TEXT --confirm MEMBER --yes [--wait]`. */
export function addReinitialiseCommand(program: Command, exit: Exit): void {
  withActOptions(
    program
      .command('reinitialise <cluster> <member>')
      .description('delete the data of a replica and have Patroni copy it anew'),
  )
    .option('--force', 'end what Patroni on it is at work on, instead of being refused for it')
    .option('--confirm <member>', 'the name of the member once more: its old data is lost')
    .action(async (cluster: string, member: string, options: ActOptions & { force?: boolean }) => {
      const force = options.force ?? false
      const path = `/clusters/${encodeURIComponent(cluster)}/members/${encodeURIComponent(member)}/reinitialise`
      const plan = await get<ReinitialisePlan>(`${path}/plan`, { force: String(force) })
      if (!options.yes) {
        if (options.json) printJson(plan)
        else {
          printPlan(plan)
          printLines([`To confirm it, add --confirm ${plan.confirm}`])
        }
        throw new UsageError('Nothing was done. Add --yes and --reason TEXT to do it.')
      }
      const { leader, timeline, systemIdentifier } = plan
      const said = { reason: reasonIn(options), ...approvalIn(options), confirm: options.confirm ?? '' }
      const body = { ...said, force, expected: { leader, timeline, systemIdentifier } }
      const operation = await change<Operation>('POST', path, body, { 'idempotency-key': randomUUID() })
      const last = options.wait ? await waitForEnd(operation) : operation
      if (options.wait) exit.code = exitOfOperation(last.state)
      printOperation(last, options.json ?? false)
    })
}
