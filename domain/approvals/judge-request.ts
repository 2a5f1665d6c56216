import { formatDuration } from '#domain/format.ts'
import { count } from '#domain/words.ts'
import { type Binding, changedSince, isSameBinding, type Standing } from './binding.ts'
import { isStricter, type Need } from './policy.ts'

/** A decision that a worker kept, with what is known of whoever made it as of now. */
export interface GivenDecision {
  approver: { id: string; name: string }
  decision: 'approve' | 'reject'
  reason: string
  at: Date
  bound: Binding
  /** Why it does not count any more, as the approver stands now: disabled, without the right, or proven by a factor that proves no second person; null = it does. */
  problem: string | null
}

/** A request as it stands: all that the rules look at. */
export interface Asked {
  clusterName: string
  /** `madeBy` names whoever made the token that asked. */
  requester: { id: string; name: string; madeBy: string | null }
  /** Why whoever asked may not do it any more; null = may. */
  requesterProblem: string | null
  askedAt: Date
  /** What was needed when it was asked for. */
  neededThen: Need
  /** Of the plan as it stands in the store now. */
  bound: Binding
  /** True where the plan gives another hash than the one it was asked for with. */
  isPlanEdited: boolean
  decisions: readonly GivenDecision[]
  /** Null where nobody wants to begin it any more. */
  withdrawnBy: string | null
}

export type RequestStanding =
  /** Approvals are missing until then. */
  | { kind: 'open'; given: number; missing: number; untilAt: Date }
  /** It may be run until then. */
  | { kind: 'approved'; untilAt: Date }
  /** It will not be run any more. */
  | { kind: 'over'; why: 'rejected' | 'expired' | 'void' | 'withdrawn'; sentence: string }

/**
 * How a request stands. It may be run only while enough others approve of exactly this plan, of the cluster as it stands, and nothing that
 * they were bound to has changed. `need` null = no policy governs the act any more: what was asked for may be run without approval.
 */
export function judgeRequest(asked: Asked, need: Need | null, cluster: Standing | null, now: Date): RequestStanding {
  const required = need ?? { ...asked.neededThen, approvals: 0 }
  const why = whyVoid(asked, required, cluster)
  if (why !== null) return why
  const counting = countingOf(asked, required, now)
  const missing = Math.max(0, required.approvals - counting.length)
  if (missing > 0) return openUntil(asked, required, counting.length, missing, now)
  const completeAt = completeSince(asked, required, counting)
  const until = new Date(completeAt.getTime() + required.runWithinSeconds * 1000)
  // Also no longer than each approval that it needs counts.
  const shortest = counting.map(({ at }) => at.getTime() + required.countsForSeconds * 1000)
  const end = new Date(Math.min(until.getTime(), ...shortest))
  if (now.getTime() <= end.getTime()) return { kind: 'approved', untilAt: end }
  return over(
    'expired',
    `It was approved and not run within ${formatDuration(required.runWithinSeconds * 1000)}. Nothing was done; ask again if it is still wanted.`,
  )
}

/** Those of the approvals that count: of distinct persons, none of them whoever asked or set the policy. */
export function countingOf(asked: Asked, need: Pick<Need, 'setBy' | 'countsForSeconds'>, now: Date): GivenDecision[] {
  const byPerson = new Map<string, GivenDecision>()
  for (const decision of asked.decisions) {
    if (decision.decision !== 'approve' || decision.problem !== null) continue
    if (isRequester(asked, decision.approver) || need.setBy.includes(decision.approver.id)) continue
    if (!isSameBinding(decision.bound, asked.bound)) continue
    if (now.getTime() - decision.at.getTime() > need.countsForSeconds * 1000) continue
    if (!byPerson.has(decision.approver.id)) byPerson.set(decision.approver.id, decision)
  }
  return [...byPerson.values()]
}

/** Whoever asked, or made the token that did. */
export function isRequester({ requester }: Pick<Asked, 'requester'>, person: { id: string; name: string }): boolean {
  return person.id === requester.id || person.name === requester.madeBy
}

function whyVoid(asked: Asked, need: Need, cluster: Standing | null): RequestStanding | null {
  if (asked.withdrawnBy !== null)
    return over('withdrawn', `${asked.withdrawnBy} took the request back. Nothing was done.`)
  const rejected = asked.decisions.find(({ decision }) => decision === 'reject')
  if (rejected) return over('rejected', `${rejected.approver.name} rejected it: ${rejected.reason}`)
  if (asked.isPlanEdited) return gone('The plan was changed after it was asked for.')
  if (asked.requesterProblem !== null) return gone(asked.requesterProblem)
  const approvals = asked.decisions.filter(({ decision }) => decision === 'approve')
  const otherwise = approvals.find(({ bound }) => !isSameBinding(bound, asked.bound))
  if (otherwise) return gone(`What ${otherwise.approver.name} approved is not what stands here.`)
  const fallen = approvals.find(({ problem }) => problem !== null)
  if (fallen?.problem) return gone(`The approval by ${fallen.approver.name} does not count any more. ${fallen.problem}`)
  if (isStricter(need, asked.neededThen))
    return gone(`The policy ${need.policies.join(' and ')} was made stricter since.`)
  if (cluster === null) return null
  const changed = changedSince(asked.bound, cluster, asked.clusterName)
  return changed === null ? null : gone(changed)
}

function openUntil(asked: Asked, need: Need, given: number, missing: number, now: Date): RequestStanding {
  const until = new Date(asked.askedAt.getTime() + need.countsForSeconds * 1000)
  if (now.getTime() <= until.getTime()) return { kind: 'open', given, missing, untilAt: until }
  return over(
    'expired',
    `${count(missing, 'approval')} ${missing === 1 ? 'was' : 'were'} missing after ${formatDuration(need.countsForSeconds * 1000)}. Nothing was done; ask again if it is still wanted.`,
  )
}

/** When the last approval that was needed came. */
function completeSince(asked: Asked, need: Need, counting: readonly GivenDecision[]): Date {
  const times = counting.map(({ at }) => at.getTime()).toSorted((one, other) => one - other)
  return new Date(times[need.approvals - 1] ?? asked.askedAt.getTime())
}

function gone(sentence: string): RequestStanding {
  return over('void', `${sentence} The request is void and nothing was done: look at the cluster and ask again.`)
}

function over(why: 'rejected' | 'expired' | 'void' | 'withdrawn', sentence: string): RequestStanding {
  return { kind: 'over', why, sentence }
}
