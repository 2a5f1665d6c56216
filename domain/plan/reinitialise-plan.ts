import type { PlanCore } from './plan-core.ts'

/** What a person asks for. */
export interface ReinitialiseWish {
  member: string
  /** Ends what Patroni on it is at work on, instead of being refused for it. */
  force: boolean
}

/** Deletes the data of one replica and has Patroni copy it anew. */
export interface ReinitialisePlan extends PlanCore, ReinitialiseWish {
  kind: 'reinitialise'
  /** What it is about, for the audit log. */
  aim: string
  /** What must be typed to confirm it: the member. */
  confirm: string
  /** Patroni's word for the state it is in, where Patroni may be at work on it and would refuse without force; null = it just runs. */
  busyWith: string | null
  /** How the copy is made, in the order tried; null = not told by an agent. */
  methods: string[] | null
  /** Whom it may be copied from; empty where nobody leads. */
  sources: string[]
  space: {
    /** Size of the databases as the leader last told it; null = not told. */
    dataBytes: number | null
    /** Free beside the data that is deleted; null = no agent tells. */
    freeBytes: number | null
  }
}
