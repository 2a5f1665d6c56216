import { dumpResult } from '#agent/protocol/kept-results.ts'
import { amcheckResult } from '#agent/protocol/results.ts'
import { formatBytes } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import { type JobPace, runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import type { RehearsalContext } from './context.ts'
import { noteFault, noteRehearsal } from './facts.ts'
import { usualPace } from './pace.ts'

/** Has amcheck look through tables and indexes; damage does not end the rehearsal, but makes it no good one. */
export async function amcheck(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { id: name, plan } = context.operation
  const wish = { node: plan.node, verb: 'rehearsal-amcheck', args: { name }, isCancellable: true } as const
  const end = await runJob(context, wish, pace)
  if (end.kind !== 'succeeded') return end
  const pages = amcheckResult.parse(end.job.result)
  noteRehearsal(context, { pages })
  if (pages.problem !== null) {
    noteFault(context, `The data was not looked through for damage: ${pages.problem}`)
    return { kind: 'done', detail: pages.problem }
  }
  const looked = `${count(pages.relations, 'table and index', 'tables and indexes')} looked through`
  const [first] = pages.faults
  if (first === undefined) return { kind: 'done', detail: `${looked}, no damage found.` }
  const fault = `amcheck found ${count(pages.faults.length, 'fault')}, the first one: ${first}`
  noteFault(context, fault)
  return { kind: 'done', detail: `${looked}. ${fault}` }
}

/** Takes a table or a schema out into a file, which stays on the node until it is let go. */
export async function extract(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { id: name, plan } = context.operation
  if (plan.extract === null) return { kind: 'done', detail: 'Nothing was to be taken out.' }
  const args = { name, ...plan.extract }
  const end = await runJob(context, { node: plan.node, verb: 'rehearsal-dump', args, isCancellable: true }, pace)
  if (end.kind !== 'succeeded') return end
  const file = dumpResult.parse(end.job.result)
  noteRehearsal(context, { extract: { node: plan.node, name, ...file } })
  return { kind: 'done', detail: `${formatBytes(file.bytes)} are kept on ${plan.node} until they are let go.` }
}
