import type { Snapshot } from '#domain/snapshot.ts'
import type { SwitchoverPlan } from '#domain/switchover-plan.ts'
import type { OperationAccess } from '../operation-access.ts'
import { configuredAddress } from '../leader-address.ts'

/** Members worth looking at while the lead moves: who leads and who may lead then. */
export function watchedMembers(
  cluster: OperationAccess,
  snapshot: Snapshot,
  plan: Pick<SwitchoverPlan, 'leader' | 'candidate' | 'candidates'>,
): { name: string; url: string }[] {
  const mayLead = plan.candidate === null ? plan.candidates.filter(({ isFit }) => isFit) : [{ name: plan.candidate }]
  return [{ name: plan.leader }, ...mayLead].flatMap(({ name }) => {
    const url = configuredAddress(cluster, snapshot, name)
    return url === null ? [] : { name, url }
  })
}
