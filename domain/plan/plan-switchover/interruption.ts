import type { Planning } from './planning.ts'
import { waitsBeforeHandover } from '#domain/snapshot/patroni-version.ts'
import { writeRouteOf } from '#domain/snapshot/route.ts'
import type { SwitchoverPlan } from '#domain/plan/switchover-plan.ts'

/** How long writes will pause and what makes it up; measured on idle clusters, so the lower end is firm and the upper is not. */
export function interruptionOf({ snapshot, wish, leader }: Planning): SwitchoverPlan['interruption'] {
  if (wish.kind === 'cancel-scheduled-switchover') return { fromMs: 0, toMs: 0, reasons: ['Writes go on undisturbed.'] }
  if (leader === null) return { fromMs: 0, toMs: 0, reasons: ['Nobody leads, so nothing is handed over.'] }
  if (snapshot.isStandbyCluster)
    return { fromMs: 0, toMs: 0, reasons: ['A standby cluster takes no writes, so none are interrupted.'] }
  const member = snapshot.members.find(({ name }) => name === leader)
  const parts = [
    handover,
    ...(waitsBeforeHandover(member?.patroniVersion ?? null) ? [patroniWait] : []),
    ...(writeRouteOf(snapshot) ? [haproxyChecks] : []),
  ]
  return {
    fromMs: parts.reduce((sum, { fromMs }) => sum + fromMs, 0),
    toMs: parts.reduce((sum, { toMs }) => sum + toMs, 0),
    reasons: parts.map(({ reason }) => reason),
  }
}

const handover = {
  fromMs: 1400,
  toMs: 4000,
  reason:
    'The leader writes its shutdown checkpoint, archives its last WAL and stops, and the new leader is promoted: 1.4 to 4 s. A slow archive_command prolongs this without limit.',
}

const patroniWait = {
  fromMs: 1000,
  toMs: 1000,
  reason: 'Patroni from 3.3 on waits 1 s between the stop and the handover.',
}

const haproxyChecks = {
  fromMs: 0,
  toMs: 9000,
  reason: 'HAProxy must notice the new leader by its checks: up to 9 s with 3 checks of 3 s.',
}
