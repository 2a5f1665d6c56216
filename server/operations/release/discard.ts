import { keptData } from '#agent/protocol/results.ts'
import { releaseFault } from '#domain/plan/plan-release.ts'
import type { ReleasePlan } from '#domain/plan/release-plan.ts'
import { type JobPace, runJob } from '../agent-job.ts'
import { attemptName } from '../attempt-name.ts'
import type { StepContext, StepOutcome } from '../define.ts'
import { askNow } from '../rehearsal/ask.ts'
import { usualPace } from '../rehearsal/pace.ts'

type ReleaseContext = StepContext<ReleasePlan>
type Kept = ReleasePlan['kept'][number]

/** Looks at what is still there: nothing is deleted that the plan did not name. */
export async function preflight(context: ReleaseContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const fault = await faultOf(context)
  if (fault !== null) return { kind: 'refused', detail: fault }
  const { kept } = context.operation.plan
  let there = 0
  for (const one of kept) there += (await whatIs(context, one, pace)).length > 0 ? 1 : 0
  return { kind: 'done', detail: `${there} of ${kept.length} are still there.` }
}

/** Deletes what one node keeps, whichever of a recovery and a rehearsal it is of; not there any more is done. */
export async function discard(context: ReleaseContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const fault = await faultOf(context)
  if (fault !== null) return { kind: 'failed', detail: fault }
  const one = keptOf(context)
  const { node, name } = one
  const found = await whatIs(context, one, pace)
  if (found.length === 0) return { kind: 'done', detail: `Nothing of it is on ${node} any more.` }
  if (found.includes('aside')) {
    const end = await runJob(context, { node, verb: 'data-discard', args: { name }, part: 'aside' }, pace)
    if (end.kind !== 'succeeded') return end
  }
  if (found.includes('rehearsal')) {
    const args = { name, keepsFile: false }
    const end = await runJob(context, { node, verb: 'rehearsal-discard', args, part: 'rehearsal' }, pace)
    if (end.kind !== 'succeeded') return end
  }
  return { kind: 'done', detail: `It is deleted on ${node}.` }
}

/** After a crash: gone is done. */
export async function probe(
  context: ReleaseContext,
  pace: JobPace = usualPace,
): Promise<StepOutcome | { kind: 'not-done' }> {
  const one = keptOf(context)
  if ((await whatIs(context, one, pace)).length > 0) return { kind: 'not-done' }
  return { kind: 'done', detail: `It is deleted on ${one.node}.` }
}

/** Sees on every node that it is gone. */
export async function verify(context: ReleaseContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  for (const one of context.operation.plan.kept) {
    if ((await whatIs(context, one, pace)).length === 0) continue
    return { kind: 'failed', detail: `${one.node} still keeps ${one.name}: ask again, or see there why.` }
  }
  return { kind: 'done', detail: 'None of it is kept any more.' }
}

/** Plans are kept by the web tier: whose data it is and that nobody needs it is looked up here again. */
async function faultOf({ cluster, operation: { plan } }: ReleaseContext): Promise<string | null> {
  const { ofOperation, clusterName, kept } = plan
  const of = await cluster.operation(ofOperation)
  if (of === null) return `${clusterName} has had no such operation as ${ofOperation}: nothing of it is let go.`
  const own = of.kind === 'restore' ? [of.id, attemptName(of.id)] : [of.id]
  const other = kept.find(({ name }) => !own.includes(name))
  return releaseFault(of) ?? (other ? `${other.name} on ${other.node} is not what the operation ${of.id} left.` : null)
}

async function whatIs(
  context: ReleaseContext,
  { node, name }: Kept,
  pace: JobPace,
): Promise<('aside' | 'rehearsal')[]> {
  const { aside, rehearsals } = await askNow(context, { node, verb: 'data-kept', args: {}, answer: keptData }, pace)
  const isNamed = (one: { name: string }) => one.name === name
  return [
    ...(aside.some(isNamed) ? ['aside' as const] : []),
    ...(rehearsals.some(isNamed) ? ['rehearsal' as const] : []),
  ]
}

/** `discard` is about the first of the plan's, `discard~2` about the second. */
function keptOf({ binding, operation }: ReleaseContext): Kept {
  const at = Number(binding.step.split('~')[1] ?? 1) - 1
  const one = operation.plan.kept[at]
  if (one === undefined) throw new Error(`The plan keeps nothing for its step ${binding.step}.`)
  return one
}
