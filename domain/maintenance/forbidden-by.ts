import { formatInstant } from '#domain/format.ts'
import { laneOf, type OperationKind } from '#domain/operation/operation.ts'
import { endOf, isGoingOn, type MaintenanceWindow } from './window.ts'

/** Why an act on a cluster is not for this actor now; null = no window over it stands in the way. */
export function forbiddenBy(
  windows: readonly MaintenanceWindow[],
  act: { kind: OperationKind; actor: { id: string | null; name: string } },
  now: Date,
): string | null {
  if (!isKept(act.kind)) return null
  const window = windows.find(
    (each) => each.forbids === 'acts-of-others' && isGoingOn(each, now) && !isOwner(each, act.actor),
  )
  if (!window) return null
  return `${window.owner.name} has maintenance on it until ${formatInstant(endOf(window))} ("${window.reason}") and keeps acts such as switchovers and recoveries to themselves. Ask them, or have the window ended first.`
}

/** True for what changes who leads or could, or what is led; taking a plan back is always allowed. */
function isKept(kind: OperationKind): boolean {
  if (kind === 'reinitialise') return true
  return laneOf(kind) === 'lead' && kind !== 'cancel-scheduled-switchover'
}

function isOwner({ owner }: MaintenanceWindow, actor: { id: string | null; name: string }): boolean {
  return owner.id === null ? owner.name === actor.name : owner.id === actor.id
}
