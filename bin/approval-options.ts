import type { Command } from 'commander'
import { UsageError } from './api-problem.ts'

/** How a verb goes about an act that needs the approval of others. */
export interface ApprovalOptions {
  askApproval?: boolean
  breakGlass?: boolean
}

/** Adds `--ask-approval` and `--break-glass`. */
export function withApproval(command: Command): Command {
  return command
    .option('--ask-approval', 'where a policy wants it, ask others to approve; nothing is done until then')
    .option('--break-glass', 'where a policy wants approval, act alone: everybody is told, and it is kept for ever')
}

/** The same as the console reads it. */
export function approvalIn({ askApproval, breakGlass }: ApprovalOptions): { approval?: 'ask' | 'break-glass' } {
  if (askApproval && breakGlass) throw new UsageError('--ask-approval and --break-glass do not go together.')
  if (askApproval) return { approval: 'ask' }
  return breakGlass ? { approval: 'break-glass' } : {}
}
