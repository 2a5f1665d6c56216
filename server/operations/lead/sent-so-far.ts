import type { LeadPlan } from '#domain/plan/plan.ts'
import type { Facts } from '../define.ts'

/** What a request to Patroni may have brought about by the time a step broke off; null while none was sent. */
export function sentSoFar(
  { sends = 0, newLeader }: Facts,
  { clusterName }: Pick<LeadPlan, 'clusterName'>,
): string | null {
  if (sends === 0) return null
  const known = newLeader ? `${newLeader} had taken the lead by then` : 'The request may have been carried out'
  return `${known}: see how ${clusterName} is before you act again.`
}
