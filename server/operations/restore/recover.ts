import { recoveryStatus } from '#agent/protocol/results.ts'
import { restoreProgress } from '#agent/protocol/restore-progress.ts'
import { type LeastSettings, settingsIn } from '#domain/recovery/least-settings.ts'
import { type JobEnd, runJob } from '../agent-job.ts'
import type { StepOutcome } from '../define.ts'
import { type Aim, plannedAim } from './aim.ts'
import { doJobs } from './ask-node.ts'
import type { RestoreContext } from './context.ts'
import { controlOf } from './control.ts'
import { noteRestore } from './facts.ts'
import { wireTarget } from './wire-target.ts'

/** What is aimed at now. */
export function aimOf({ facts, operation }: Pick<RestoreContext, 'facts' | 'operation'>): Aim {
  return facts.restore?.aim ?? plannedAim(operation.plan)
}

/** Restores the backup over whatever is in the data folder: nothing of this is seen by anybody but us. */
export async function restore(context: RestoreContext): Promise<StepOutcome> {
  const { node, stanza } = context.operation.plan
  const { set, repository, target, targetTimeline: timeline } = aimOf(context)
  const args = { stanza, repository, set, timeline, target: wireTarget(target), action: 'pause' } as const
  await keepControl(context)
  let told = 0
  const tell = (line: string) => {
    const percent = restoreProgress([line])
    if (percent === null) return /\b(?:WARN|ERROR)\b/.test(line) ? line : null
    if (percent < told + worthTelling && percent < 100) return null
    if (percent <= told) return null
    told = percent
    return `${Math.floor(percent)} % restored`
  }
  const end = await runJob(context, { node, verb: 'pgbackrest-restore', args, tell, isCancellable: true })
  if (end.kind !== 'succeeded') return end
  noteRestore(context, { isPromoted: false })
  return { kind: 'done', detail: `Backup ${set} is restored on ${node}.` }
}

/** Where the node's own data is overwritten, what it was tells later whether pgBackRest came to touch it. */
async function keepControl(context: RestoreContext): Promise<void> {
  const { node, wayBack } = context.operation.plan
  if (wayBack !== 'replica' || context.facts.restore?.controlBefore !== undefined) return
  const control = await controlOf(context, node)
  noteRestore(context, { controlBefore: control ?? {} })
  await context.remember({})
}

/** Percent by which it must have grown: the output of a step is not endless. */
const worthTelling = 5

/** Lets Postgres replay WAL up to the target, for this machine alone and silent to the archive. */
export async function recover(context: RestoreContext): Promise<StepOutcome> {
  const end = await startRecovery(context)
  if (end.kind !== 'succeeded') return end
  const status = recoveryStatus.safeParse(end.job.result)
  const isPromoted = status.data?.state === 'promoted'
  noteRestore(context, { isPromoted })
  return {
    kind: 'done',
    detail: isPromoted ? 'Recovery has come to the end of the archive.' : 'Recovery stands at its target and waits.',
  }
}

/** Where the data was overwritten, nothing on the node tells what the WAL was written with; an older agent takes no such word. */
function leastOf({ facts }: RestoreContext): { least?: LeastSettings } {
  const { controlBefore } = facts.restore ?? {}
  return controlBefore && facts.restoreBefore?.takesLeast ? { least: settingsIn(controlBefore) } : {}
}

/** Has the node's Postgres started as a recovery, where none runs yet, and waits until it stands; `part` tells its job apart from others of the step. */
export function startRecovery(context: RestoreContext, part?: string): Promise<JobEnd> {
  const { node } = context.operation.plan
  const port = context.facts.restoreBefore?.members.find(({ name }) => name === node)?.port ?? 5432
  const wish = {
    node,
    verb: 'postgres-recover-start',
    args: { port, ...leastOf(context) },
    isCancellable: true,
  } as const
  return runJob(context, part === undefined ? wish : { ...wish, part })
}

/** Gives the recovery another target, further on than where it stands. */
export async function retarget(context: RestoreContext): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const { target, targetTimeline: timeline, targetWords } = aimOf(context)
  const args = { target: wireTarget(target), timeline }
  const failure = await doJobs(context, [{ node, verb: 'postgres-retarget', args }])
  return failure ?? { kind: 'done', detail: `Recovery on ${node} goes on to ${targetWords}.` }
}

/** Stops the recovered Postgres, wherever it has come to. */
export async function halt(context: RestoreContext): Promise<StepOutcome> {
  const { node } = context.operation.plan
  const failure = await doJobs(context, [{ node, verb: 'postgres-stop', args: { mode: 'fast' } }])
  return failure ?? { kind: 'done', detail: `No recovered Postgres runs on ${node}.` }
}
