import type { AgentTask } from '#domain/agent/agent-fault.ts'
import type { RehearsalWish } from '#domain/plan/rehearsal-plan.ts'

/** What a rehearsal asks of a node's agent. */
export function rehearsalTask({ verifiesPages, extract, check }: RehearsalWish): AgentTask {
  return {
    need: 'restore a backup beside the running data',
    name: 'rehearsals, or a part of this one',
    vetoes: new Set([
      ...always,
      ...(verifiesPages ? ['rehearsal-amcheck'] : []),
      ...(extract === null ? [] : ['rehearsal-dump', 'rehearsal-fetch']),
      ...(check === null ? [] : ['postgres-query']),
    ]),
  }
}

const always = ['rehearsal', 'rehearsal-restore', 'rehearsal-start', 'rehearsal-status', 'rehearsal-discard']
