import type { Command } from 'commander'
import type { Operation } from '#domain/operation/operation.ts'
import type { Decision, WayKind } from '#domain/operation/question.ts'
import { change, get } from '../api.ts'
import { ApiProblem, UsageError } from '../api-problem.ts'
import type { Exit } from '../exit.ts'
import { exitOfOperation, printOperation } from '../print-operation.ts'
import { reasonIn } from '../reason-in.ts'
import { targetIn, type TargetOptions, withTarget } from '../recovery-target.ts'
import { waitForEnd } from '../wait.ts'

interface DecideOptions extends TargetOptions {
  commit?: boolean
  abandon?: boolean
  retry?: boolean
  pass?: boolean
  leave?: boolean
  reason?: string
  wait?: boolean
  json?: boolean
}

/** `decide OPERATION --commit|--abandon|--retry|--pass|--leave|--target TIME --reason TEXT [--wait]`. */
export function addDecideCommand(program: Command, exit: Exit): void {
  withTarget(program.command('decide <id>').description('answer the question that an operation waits with'))
    .option('--commit', 'what was recovered becomes the cluster')
    .option('--abandon', 'the old cluster comes back as it was')
    .option('--retry', 'the step that failed, once more')
    .option('--pass', 'on without the nodes that the question names')
    .option('--leave', 'the operation ends, and all stays as it stands')
    .option('--reason <text>', 'why, for the audit log')
    .option(
      '--wait',
      'wait for the end: exit code 0 succeeded, 1 failed, 3 refused or cancelled, 4 unknown or undecided',
    )
    .option('--json', 'print the operation: {id, kind, state, question, steps, ...}')
    .action(async (id: string, options: DecideOptions) => {
      const { way, target } = wayIn(options)
      const reason = reasonIn(options)
      const path = `/operations/${encodeURIComponent(id)}`
      const { question } = await get<Operation>(path)
      if (question === null) throw new ApiProblem('The operation waits for no decision now.', { code: 'refused' })
      const body = { step: question.step, way, target, reason }
      const operation = await change<Operation>('POST', `${path}/decision`, body)
      const last = options.wait ? await waitForEnd(operation, question.step) : operation
      if (options.wait) exit.code = exitOfOperation(last.state)
      printOperation(last, options.json ?? false)
    })
}

const ways = ['commit', 'abandon', 'retry', 'pass', 'leave'] as const satisfies readonly WayKind[]

function wayIn(options: DecideOptions): Pick<Decision, 'way' | 'target'> {
  const target = targetIn(options)
  const named = ways.filter((way) => options[way])
  const [way] = named
  if (named.length + (target === null ? 0 : 1) !== 1) {
    throw new UsageError(
      'Say one way on: --commit, --abandon, --retry, --pass, --leave, or another target such as --target TIME.',
    )
  }
  return way === undefined ? { way: 'move', target } : { way, target: null }
}
