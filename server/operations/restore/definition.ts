import type { RestorePlan } from '#domain/plan/restore-plan.ts'
import type { OperationDefinition } from '../define.ts'
import { adopt } from './adopt.ts'
import { archive, archiveProof, archiveWorks } from './archive.ts'
import { backUp } from './back-up.ts'
import { fence, release } from './clients.ts'
import { discardAttempt, setAside, takeBackData } from './data.ts'
import { clearDcs, restoreDcs } from './dcs.ts'
import { decide } from './decide.ts'
import { inspect } from './inspect.ts'
import { onward } from './onward.ts'
import { open } from './open.ts'
import { preflight } from './preflight.ts'
import { promote } from './promote.ts'
import { proveDown } from './prove-down.ts'
import { rebuildNode, rebuildReplica, returnReplica } from './rebuild.ts'
import { halt, recover, restore as restoreBackup, retarget } from './recover.ts'
import { endOfRestore, resultOf, sentSoFar } from './result.ts'
import { leadByReplica, returnLeader } from './return-lead.ts'
import { plannedSequence } from './sequences.ts'
import { mask, standDown, stopLeader, stopReplicas, unmask } from './stop.ts'
import { doingOf } from './step-names.ts'
import { effect, look } from './timed.ts'
import { titleOf } from './titles.ts'
import { verify, verifyReturn } from './verify.ts'

/** A question waits for a person over days; no timer of Node holds much more. */
const askedForMs = 20 * 86_400_000

/** Recovers a cluster in place to an earlier moment, with a way back until the new timeline is published. */
export const restore: OperationDefinition<RestorePlan> = {
  kind: 'restore',
  version: 1,
  permission: 'restore.request',
  steps: (plan) => plannedSequence(plan).map((doing) => ({ name: doing, title: titleOf(doing, plan) })),
  acts: {
    preflight: look(preflight),
    'archive-works': look(archiveWorks),
    fence: effect(fence),
    archive: effect(archive),
    mask: effect(mask),
    'stop-replicas': effect(stopReplicas),
    'stop-leader': effect(stopLeader),
    'prove-down': look(proveDown),
    'clear-dcs': effect(clearDcs),
    'set-aside': effect(setAside),
    restore: effect(restoreBackup),
    recover: effect(recover),
    retarget: effect(retarget),
    inspect: look(inspect),
    decide: look(decide, askedForMs),
    promote: effect(promote),
    adopt: effect(adopt),
    open: effect(open),
    'archive-proof': effect(archiveProof),
    release: effect(release),
    'rebuild-replica': effect(rebuildReplica),
    backup: effect(backUp),
    verify: look(verify),
    'stand-down': effect(standDown),
    halt: effect(halt),
    'take-back-data': effect(takeBackData),
    'restore-dcs': effect(restoreDcs),
    'return-leader': effect(returnLeader),
    'lead-by-replica': effect(leadByReplica),
    'return-replica': effect(returnReplica),
    'rebuild-node': effect(rebuildNode),
    unmask: effect(unmask),
    'discard-attempt': effect(discardAttempt),
    'verify-return': look(verifyReturn),
  },
  onward,
  canBeTakenBack: (act) => canBeTakenBack.has(doingOf(act)),
  succeeded: endOfRestore,
  resultSoFar: (facts, plan) => (facts.restore?.touchedAt === undefined ? null : resultOf(facts, plan)),
  sentSoFar,
}

/** Up to here nothing is published; and who is on the way back goes it to its end. */
const canBeTakenBack: ReadonlySet<string> = new Set([
  'mask',
  'fence',
  'archive',
  'stop-replicas',
  'stop-leader',
  'clear-dcs',
  'set-aside',
  'restore',
  'recover',
  'retarget',
  'halt',
  'promote',
  'adopt',
])
