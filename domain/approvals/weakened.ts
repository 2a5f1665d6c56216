import { formatDuration } from '#domain/format.ts'
import { covers, type ClusterScope } from '#domain/people/grant.ts'
import { count, listNames } from '#domain/words.ts'
import type { PolicyDraft } from './policy.ts'
import { policyActWords } from './policy-act.ts'

/** What everybody is told where a policy asks less of a cluster than it did; null = it asks as much. `after` null = it is gone. */
export function weakenedSentence(given: {
  who: string
  before: PolicyDraft
  after: PolicyDraft | null
  cluster: ClusterScope & { name: string }
  /** Requests on the cluster that lacked an approval before and lack none now. */
  frees: number
}): string | null {
  const { who, before, after, cluster, frees } = given
  if (!covers(before.scope, cluster)) return null
  const freed =
    frees === 0
      ? ''
      : ` ${count(frees, 'request that waits', 'requests that wait')} can be run without another approval now.`
  if (after === null) return `${who} took away the policy ${before.name}. ${askedFor(before, cluster.name)}${freed}`
  if (!covers(after.scope, cluster))
    return `${who} took ${cluster.name} out of the policy ${before.name}. ${askedFor(before, cluster.name)}${freed}`
  const milder = milderParts(before, after)
  if (milder.length === 0) return null
  return `${who} made the policy ${before.name} milder. On ${cluster.name} it ${inOneSentence(milder)}.${freed}`
}

function askedFor({ acts, approvals, allowsBreakGlass }: PolicyDraft, clusterName: string): string {
  const alone = allowsBreakGlass ? '' : ', and let nobody act alone'
  return `On ${clusterName} it asked for ${count(approvals, 'approval')} by others for ${actsIn(acts)}${alone}.`
}

function milderParts(before: PolicyDraft, after: PolicyDraft): string[] {
  const lost = before.acts.filter((act) => !after.acts.includes(act))
  const [countedFor, countsFor] = [before, after].map((policy) => formatDuration(policy.countsForSeconds * 1000))
  const [ranWithin, runsWithin] = [before, after].map((policy) => formatDuration(policy.runWithinSeconds * 1000))
  return [
    lost.length > 0 ? `does not govern ${actsIn(lost)} any more` : null,
    after.approvals < before.approvals
      ? `asks for ${count(after.approvals, 'approval')} instead of ${before.approvals}`
      : null,
    after.countsForSeconds > before.countsForSeconds
      ? `lets approvals count for ${countsFor} instead of ${countedFor}`
      : null,
    after.runWithinSeconds > before.runWithinSeconds
      ? `lets what is approved be run within ${runsWithin} instead of ${ranWithin}`
      : null,
    after.allowsBreakGlass && !before.allowsBreakGlass ? 'lets one person act alone' : null,
  ].filter((part) => part !== null)
}

function actsIn(acts: PolicyDraft['acts']): string {
  return listNames(acts.map((act) => policyActWords[act]))
}

function inOneSentence(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`
}
