import type { AgentSight } from '#domain/plan/backup-plan.ts'
import type { PoolerWish } from '#domain/plan/pooler-plan.ts'
import type { Snapshot } from '#domain/snapshot/snapshot.ts'
import type { Looked, StackView } from '#domain/stack/stack-view.ts'
import type { PoolerDetail } from '#domain/stack/pooler-detail.ts'

/** What the parts of a plan for poolers are made of. */
export interface PoolerGiven {
  snapshot: Snapshot
  stack: StackView | null
  agents: readonly AgentSight[]
  wish: PoolerWish
  /** Whose poolers are meant. */
  nodes: readonly string[]
  now: Date
}

/** The poolers that are meant and tell of themselves, with their nodes. */
export function seenPoolers({ stack, nodes }: PoolerGiven): { node: string; detail: PoolerDetail }[] {
  return nodes.flatMap((node) => {
    const detail = lookAt(stack, node)?.value
    return detail ? [{ node, detail }] : []
  })
}

/** That several pgBouncer processes may answer at one port of a node; null = they do not, as far as is seen. */
export function sharedPorts(given: PoolerGiven): string | null {
  const shared = seenPoolers(given).filter(({ detail }) => detail.config['so_reuseport']?.trim() === '1')
  if (shared.length === 0) return null
  return `so_reuseport is 1 on ${shared.map(({ node }) => node).join(', ')}: several pgBouncer processes may share one port, and this reaches one of them alone.`
}

function lookAt(stack: StackView | null, node: string): Looked<PoolerDetail> | null {
  return stack?.members.find(({ name }) => name === node)?.pooler ?? null
}
