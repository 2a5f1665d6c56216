import { LookError } from '../look-error.ts'
import { place, type Target } from '../target.ts'
import type { Header } from './wire.ts'

/** An etcd member that was left behind answered: using it would turn time back. */
export class StaleEtcdError extends LookError {}

/** Refuses answers with an older raft term than one seen before in the same etcd cluster (Patroni's StaleEtcdNodeGuard). */
export class StaleGuard {
  #clusterId: string | null = null
  #raftTerm = 0n

  check(header: Header, target: Target): void {
    if (header?.cluster_id === undefined || header.raft_term === undefined) return
    const raftTerm = BigInt(header.raft_term)
    if (header.cluster_id === this.#clusterId && raftTerm < this.#raftTerm) {
      throw new StaleEtcdError(
        'protocol',
        `The etcd member ${place(target)} answers from an older term than others: it is not used.`,
      )
    }
    this.#clusterId = header.cluster_id
    this.#raftTerm = raftTerm
  }

  /** For an etcd that was restored and counts from the start again: every endpoint is then behind. */
  forget(): void {
    this.#clusterId = null
    this.#raftTerm = 0n
  }
}
