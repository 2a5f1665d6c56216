import { keptData, programOutput } from '#agent/protocol/results.ts'
import { formatBytes } from '#domain/format.ts'
import type { JobPace } from '../agent-job.ts'
import { backupsIn, stanzaFault } from '../backup/pgbackrest-words.ts'
import type { StepOutcome } from '../define.ts'
import { driftOf } from '../engine/drift.ts'
import { askNow } from './ask.ts'
import type { RehearsalContext } from './context.ts'
import { usualPace } from './pace.ts'

/** Looks whether the backup is still there and the node still has room: the running cluster need not be well for a rehearsal. */
export async function preflight(context: RehearsalContext, pace: JobPace = usualPace): Promise<StepOutcome> {
  const { plan, id } = context.operation
  const { node, stanza, repository, set, space } = plan
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const drift = await otherData(context)
  if (drift !== null) return { kind: 'refused', detail: drift }
  const kept = await askNow(context, { node, verb: 'data-kept', args: {}, answer: keptData }, pace)
  const others = kept.rehearsals.filter(({ name }) => name !== id)
  const running = others.find(({ isRunning }) => isRunning)
  if (running !== undefined) {
    const detail = `The rehearsal ${running.name} still runs on ${node}: let go what that operation left before another is begun.`
    return { kind: 'refused', detail }
  }
  for (const { name } of others) context.say(`something of the rehearsal ${name} is still kept on ${node}`)
  const { neededBytes } = space
  const isOwnThere = kept.rehearsals.some(({ name }) => name === id)
  if (!isOwnThere && neededBytes !== null && kept.freeBytes !== null && kept.freeBytes < neededBytes) {
    const detail = `${node} has ${formatBytes(kept.freeBytes)} free by now, and the rehearsal needs about ${formatBytes(neededBytes)}. Choose another node, or make room.`
    return { kind: 'refused', detail }
  }
  const info = await askNow(context, { node, verb: 'pgbackrest-info', args: { stanza }, answer: programOutput }, pace)
  const fault = stanzaFault(info, stanza, repository, node)
  if (fault !== null) return { kind: 'refused', detail: fault }
  if (!(backupsIn(info, stanza, repository) ?? []).some(({ label }) => label === set)) {
    const detail = `Repository ${repository} does not list the backup ${set} any more: it has expired since the plan was made. Ask again, and another will be chosen.`
    return { kind: 'refused', detail }
  }
  const room = kept.freeBytes === null ? '' : `, ${formatBytes(kept.freeBytes)} are free on ${node}`
  return { kind: 'done', detail: `The backup ${set} is there${room}.` }
}

/** Who leads does not matter here; that these are the same data does. */
async function otherData({ cluster, operation: { plan } }: RehearsalContext): Promise<string | null> {
  const snapshot = await cluster.snapshot()
  if (snapshot === null) return null
  const { systemIdentifier } = snapshot
  return driftOf({ clusterName: plan.clusterName, leader: plan.leader, timeline: null, systemIdentifier }, plan)
}
