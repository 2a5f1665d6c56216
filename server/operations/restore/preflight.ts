import { planRestore } from '#domain/plan/plan-restore.ts'
import { formatBytes } from '#domain/format.ts'
import { clonesFromBackup } from '#domain/snapshot/replica-methods.ts'
import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import { listNames } from '#domain/words.ts'
import type { StepOutcome } from '../define.ts'
import { driftOf } from '../engine/drift.ts'
import { freshSnapshot } from '../fresh-snapshot.ts'
import { closedByName } from './closed-by-name.ts'
import type { RestoreContext } from './context.ts'
import type { RestoreBefore } from './facts.ts'
import { withLocksOfNow } from './locks-of-now.ts'
import { lookAtArchive } from './look-at-archive.ts'
import { lookAtDcs } from './look-at-dcs.ts'
import { lookAtNodes } from './look-at-nodes.ts'
import { lookAtPatroni } from './look-at-patroni.ts'

type Refused = Extract<StepOutcome, { kind: 'refused' }>

/** Holds the plan against everything as it is now, before anything is touched, and keeps what the way back needs. */
export async function preflight(context: RestoreContext): Promise<StepOutcome> {
  const forbidden = await context.forbidden()
  if (forbidden !== null) return { kind: 'refused', detail: forbidden }
  const found = await recheck(context)
  if ('kind' in found) return found
  const [nodes, archive, dcs, patroni] = await Promise.all([
    lookAtNodes(context, found.snapshot),
    lookAtArchive(context),
    lookAtDcs(context),
    lookAtPatroni(context, found.snapshot),
  ])
  const fault = [nodes, archive, dcs, patroni].find((seen) => 'fault' in seen)
  if (fault && 'fault' in fault) return { kind: 'refused', detail: fault.fault }
  if ('fault' in nodes || 'fault' in archive || 'fault' in dcs || 'fault' in patroni)
    throw new Error('A fault was seen.')
  const restoreBefore: RestoreBefore = {
    systemIdentifier: dcs.systemIdentifier,
    keys: dcs.keys,
    config: patroni.config,
    ttlSeconds: found.snapshot.config?.ttlSeconds ?? 30,
    archiveId: archive.archiveId,
    members: patroni.members,
    poolers: nodes.poolers,
    databases: [...new Set(nodes.databases)],
    clonesFromBackup: nodes.replicaConfigs.some((own) => clonesFromBackup(own, patroni.config)),
    takesLeast: nodes.takesLeast,
  }
  context.note({ checkedAt: context.now(), restoreBefore })
  const { node, replicas, set, space } = context.operation.plan
  const room =
    nodes.freeBytes === null || space.neededBytes === null
      ? ''
      : ` ${node} has ${formatBytes(nodes.freeBytes)} free for ${formatBytes(space.neededBytes)}.`
  const others = replicas.length === 0 ? '' : `, ${listNames(replicas)} ${replicas.length === 1 ? 'is' : 'are'} there`
  const closed = nodes.poolers.length === 0 ? '' : ` ${closedByName(nodes.databases)}`
  const untold = nodes.untold === null ? '' : ` ${nodes.untold}`
  return {
    kind: 'done',
    detail: `${node} leads${others}, every agent answers and backup ${set} is listed.${room}${closed}${untold}`,
  }
}

/** What stands in the way must do so for a moment: a single look that failed is no reason to refuse. */
async function recheck(context: RestoreContext): Promise<{ snapshot: Snapshot } | Refused> {
  const { cluster, operation } = context
  const { plan } = operation
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const snapshot = await freshSnapshot(context)
    const [agents, backups, runningBackup] = await Promise.all([
      cluster.agentSights(),
      cluster.backups().then((view) => withLocksOfNow(context, view)),
      cluster.runningBackup(),
    ])
    const now = context.now()
    const replan = planRestore({ snapshot, agents, backups, past: [], wish: plan, runningBackup, now })
    const isListed = backups?.stanza?.backups.some(
      ({ label, repository }) => label === plan.set && repository === plan.repository,
    )
    const fault =
      driftOf(replan, plan) ??
      (replan.blockers.join(' ') || null) ??
      otherMembers(replan, plan) ??
      (isListed
        ? null
        : `Backup ${plan.set} is no longer listed in repository ${plan.repository}. Plan the recovery anew.`)
    if (fault === null) return { snapshot }
    if (performance.now() > giveUpAt) return { kind: 'refused', detail: fault }
  }
}

const patienceMs = 3_000

function otherMembers(now: RestorePlan, then: RestorePlan): string | null {
  const members = (plan: RestorePlan) => plan.replicas.toSorted().join(' ')
  if (members(now) === members(then)) return null
  return `The plan was made with the replicas ${listNames(then.replicas)}; by now they are ${listNames(now.replicas)}. Look at the cluster again before you act.`
}
