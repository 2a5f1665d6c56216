import { randomUUID } from 'node:crypto'
import { type Command, Option } from 'commander'
import { checkDatabaseHint } from '#domain/recovery/check-words.ts'
import { lossSentence } from '#domain/recovery/loss-words.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { RestorePlan, RestoreWish } from '#domain/plan/restore-plan.ts'
import { change, look } from '../api.ts'
import { type ApprovalOptions, approvalIn, withApproval } from '../approval-options.ts'
import { UsageError } from '../api-problem.ts'
import { exitCodes, type Exit } from '../exit.ts'
import { printJson, printLines } from '../print.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { printPlan } from '../print-plan.ts'
import { reasonIn } from '../reason-in.ts'
import { needTarget, type TargetOptions, wholeNumber, withTarget } from '../recovery-target.ts'
import { waitForEnd } from '../wait.ts'

interface RestoreOptions extends TargetOptions, ApprovalOptions {
  repository?: string
  check?: string
  clientsBack: 'writable' | 'end'
  look?: boolean
  reason?: string
  yes?: boolean
  wait?: boolean
  json?: boolean
}

/** `restore CLUSTER --target TIME|--lsn|--xid|--name [--check SQL] --reason TEXT --yes [--wait]`. */
export function addRestoreCommand(program: Command, exit: Exit): void {
  withApproval(
    withTarget(
      program.command('restore <cluster>').description('recover the whole cluster to an earlier moment, in place'),
    ),
  )
    .option('--repository <number>', 'from this repository, not the one that serves best')
    .option('--check <sql>', `a query whose answer is kept with the recovery. ${checkDatabaseHint}`)
    .addOption(
      new Option('--clients-back <when>', 'let clients back in with the first writable leader, or at the end')
        .choices(['writable', 'end'])
        .default('writable'),
    )
    .option('--look', 'stop at the target and ask, before anything is final; answer with: matriarch decide')
    .option('--reason <text>', 'why, for the audit log')
    .option('--yes', 'do it, and make it final without anybody looking; without it the plan is printed')
    .option(
      '--wait',
      'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown or undecided',
    )
    .option('--json', 'print the operation: {id, kind, state, steps, ...}; without --yes the plan')
    .action(async (cluster: string, options: RestoreOptions) => {
      const wish = wishIn(options)
      const path = `/clusters/${encodeURIComponent(cluster)}/restore`
      const plan = await look<RestorePlan>(`${path}/plan`, wish)
      if (!options.yes) {
        if (options.json) printJson(plan)
        else printWithLoss(plan)
        throw new UsageError(
          'Nothing was done. Add --yes and --reason TEXT to do it, and --look to decide at the target.',
        )
      }
      const operation = await request(path, plan, wish, { reason: reasonIn(options), ...approvalIn(options) })
      const last = options.wait || options.look ? await waitForEnd(operation) : operation
      // Whoever wanted to look has come to what was wanted when the recovery asks.
      const isThere = options.look && last.question?.ways.some(({ kind }) => kind === 'commit')
      if (options.wait || options.look) exit.code = isThere ? exitCodes.done : exitOfOperation(last.state)
      printOperation(last, options.json ?? false)
    })
}

/** Where nothing can be recovered nothing is given up. */
function printWithLoss(plan: RestorePlan): void {
  printPlan(plan)
  if (plan.set === '') return
  printLines([`Given up: ${lossSentence(plan)}`])
  if (plan.loss.commits === undefined && plan.target.type !== 'default') {
    printLines([`How many commits that is: matriarch restores lost ${plan.clusterName}, with the same target.`])
  }
}

function wishIn(options: RestoreOptions): RestoreWish {
  const { repository, check, clientsBack, look } = options
  return {
    target: needTarget(options),
    repository: repository === undefined ? null : wholeNumber('--repository', repository),
    check: check ?? null,
    commitsAlone: !look,
    clientsBack,
  }
}

function request(
  path: string,
  plan: RestorePlan,
  wish: RestoreWish,
  told: { reason: string; approval?: string },
): Promise<Operation> {
  const { clusterName: confirmName, leader, timeline, systemIdentifier } = plan
  const said = { ...told, confirmName, expected: { leader, timeline, systemIdentifier } }
  return change('POST', path, { ...wish, ...said }, { 'idempotency-key': randomUUID() })
}
