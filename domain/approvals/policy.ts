import { formatDuration } from '#domain/format.ts'
import { covers, type ClusterScope, type Scope } from '#domain/people/grant.ts'
import type { PolicyAct } from './policy-act.ts'

/** What a person fills in. */
export interface PolicyDraft {
  name: string
  /** The clusters that it is for. */
  scope: Scope
  acts: PolicyAct[]
  /** How many other persons must approve. */
  approvals: 1 | 2
  /** How long a request waits and an approval counts, s. */
  countsForSeconds: number
  /** Within which time what is approved must be run, s. */
  runWithinSeconds: number
  /** One person may act alone, loudly. */
  allowsBreakGlass: boolean
}

export interface ApprovalPolicy extends PolicyDraft {
  id: string
  changedBy: { id: string; name: string }
  changedAt: Date
}

/** What an act on a cluster needs by all policies that govern it; the strictest of each counts. */
export interface Need {
  approvals: number
  countsForSeconds: number
  runWithinSeconds: number
  allowsBreakGlass: boolean
  /** Names of the policies that say so. */
  policies: string[]
  /** Who set them as they stand: none of those approves under them. */
  setBy: string[]
}

export const policyDefaults = { countsForSeconds: 3_600, runWithinSeconds: 900 } as const
export const policyBounds = {
  countsForSeconds: { min: 300, max: 86_400 },
  runWithinSeconds: { min: 60, max: 14_400 },
} as const

/** What the act needs on a cluster with these labels; null = no policy governs it. */
export function needOf(policies: readonly ApprovalPolicy[], act: PolicyAct | null, cluster: ClusterScope): Need | null {
  if (act === null) return null
  const governing = policies.filter((policy) => policy.acts.includes(act) && covers(policy.scope, cluster))
  if (governing.length === 0) return null
  return {
    approvals: Math.max(...governing.map(({ approvals }) => approvals)),
    countsForSeconds: Math.min(...governing.map(({ countsForSeconds }) => countsForSeconds)),
    runWithinSeconds: Math.min(...governing.map(({ runWithinSeconds }) => runWithinSeconds)),
    allowsBreakGlass: governing.every(({ allowsBreakGlass }) => allowsBreakGlass),
    policies: governing.map(({ name }) => name).toSorted(),
    setBy: [...new Set(governing.map(({ changedBy }) => changedBy.id))].toSorted(),
  }
}

/** True where less is allowed now than then: what was asked for then does not stand any more. */
export function isStricter(now: Need, then: Need): boolean {
  return (
    now.approvals > then.approvals ||
    now.countsForSeconds < then.countsForSeconds ||
    now.runWithinSeconds < then.runWithinSeconds
  )
}

/** What is needed, in a sentence. */
export function needSentence({ approvals, policies, runWithinSeconds }: Need): string {
  const persons = approvals === 1 ? 'another person approves it' : `${approvals} other persons approve it`
  return `By the policy ${policies.join(' and ')} this runs only once ${persons}, and then within ${formatDuration(runWithinSeconds * 1000)}.`
}
