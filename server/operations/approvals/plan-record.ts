import type { Operation } from '#domain/operation/operation.ts'

/** What the audit log keeps of a request beside each act on it: the plan, and all persons. */
export function requestDetail(operation: Operation, more: Record<string, unknown> = {}): Record<string, unknown> {
  const { kind, plan, planHash, requestedBy, approval } = operation
  return {
    kind,
    ...more,
    requestedBy,
    approvals: approval?.decisions ?? [],
    need: approval?.need ?? null,
    planHash,
    plan,
  }
}
