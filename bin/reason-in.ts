import { UsageError } from './api-problem.ts'

/** The reason as given; an act without one is no act. */
export function reasonIn({ reason }: { reason?: string }): string {
  if (reason?.trim()) return reason
  throw new UsageError('Say why with --reason TEXT: the audit log keeps it.')
}
