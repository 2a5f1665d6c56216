import type { StoredEvent } from '#domain/event.ts'
import type { Operation } from '#domain/operation/operation.ts'
import type { Binding, Standing } from './binding.ts'
import type { RequestStanding } from './judge-request.ts'
import type { Need } from './policy.ts'

/** One line of what waits for approval. */
export interface ApprovalRow extends Pick<
  Operation,
  'id' | 'kind' | 'clusterName' | 'requestedBy' | 'requestedAt' | 'reason' | 'plan'
> {
  standing: RequestStanding
  /** The viewer asked for it. */
  isMine: boolean
  /** The viewer may approve it: by the rules of the request, and by a right at its cluster. */
  isForMe: boolean
}

/** A request as its approver sees it. */
export interface ApprovalView {
  operation: Operation
  standing: RequestStanding
  need: Need | null
  /** What a decision is bound to. */
  bound: Binding
  cluster: Standing | null
  /** What changed in the cluster since it was asked for, newest last. */
  since: StoredEvent[]
  /** Why the viewer does not approve this; null = may. */
  fault: string | null
  isMine: boolean
  serverNow: Date
}
