import { type PolicyAct } from '#domain/approvals/policy-act.ts'
import { type ApprovalPolicy, policyBounds, policyDefaults, type PolicyDraft } from '#domain/approvals/policy.ts'

/** A policy as it is typed. */
export interface PolicyForm {
  name: string
  scope: 'all' | 'label' | 'cluster'
  /** The label, or the id of the cluster. */
  of: string
  acts: PolicyAct[]
  approvals: 1 | 2
  countsForMinutes: string
  runWithinMinutes: string
  allowsBreakGlass: boolean
}

export const emptyForm: PolicyForm = {
  name: '',
  scope: 'label',
  of: '',
  acts: ['restore', 'release', 'expire'],
  approvals: 1,
  countsForMinutes: String(policyDefaults.countsForSeconds / 60),
  runWithinMinutes: String(policyDefaults.runWithinSeconds / 60),
  allowsBreakGlass: true,
}

export function formOf(policy: ApprovalPolicy): PolicyForm {
  const { name, scope, acts, approvals, allowsBreakGlass } = policy
  return {
    name,
    scope: scope.kind,
    of: ofScope(scope),
    acts,
    approvals,
    countsForMinutes: String(Math.round(policy.countsForSeconds / 60)),
    runWithinMinutes: String(Math.round(policy.runWithinSeconds / 60)),
    allowsBreakGlass,
  }
}

function ofScope(scope: PolicyDraft['scope']): string {
  if (scope.kind === 'label') return scope.label
  return scope.kind === 'cluster' ? scope.clusterId : ''
}

export function draftOf(form: PolicyForm): PolicyDraft {
  const { name, acts, approvals, allowsBreakGlass } = form
  return {
    name: name.trim(),
    scope: scopeOf(form),
    acts,
    approvals,
    countsForSeconds: Math.round(Number(form.countsForMinutes) * 60),
    runWithinSeconds: Math.round(Number(form.runWithinMinutes) * 60),
    allowsBreakGlass,
  }
}

/** What is missing before it can be kept; null = nothing. */
export function missingIn(form: PolicyForm): string | null {
  if (form.name.trim() === '') return 'Give the policy a name.'
  if (form.scope !== 'all' && form.of.trim() === '')
    return form.scope === 'label' ? 'Say which label.' : 'Choose a cluster.'
  if (form.acts.length === 0) return 'Choose one act at least.'
  const { countsForSeconds, runWithinSeconds } = draftOf(form)
  if (!isWithin(countsForSeconds, policyBounds.countsForSeconds)) return 'An approval counts for 5 to 1440 minutes.'
  return isWithin(runWithinSeconds, policyBounds.runWithinSeconds) ? null : 'Run within 1 to 240 minutes.'
}

function scopeOf({ scope, of }: PolicyForm): PolicyDraft['scope'] {
  switch (scope) {
    case 'all':
      return { kind: 'all' }
    case 'label':
      return { kind: 'label', label: of.trim() }
    case 'cluster':
      return { kind: 'cluster', clusterId: of }
  }
}

function isWithin(value: number, { min, max }: { min: number; max: number }): boolean {
  return Number.isFinite(value) && value >= min && value <= max
}
