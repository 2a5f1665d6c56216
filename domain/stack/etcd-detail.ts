import type { EtcdAlarm } from '#domain/snapshot/dcs.ts'
import type { Problem } from '#domain/snapshot/reading.ts'

/** What every endpoint of one etcd says of itself, and the list of its members. */
export interface EtcdDetail {
  members: EtcdMember[]
  alarms: EtcdAlarm[]
}

export interface EtcdMember {
  /** Decimal; etcdctl and logs write it in hexadecimal. */
  id: string | null
  name: string | null
  /** The client address that the console asks; null = a member that the console was not told of. */
  url: string | null
  /** Added, but never started. */
  isUnstarted: boolean
  isLearner: boolean
  version: string | null
  isLeader: boolean | null
  /** Who it takes for the leader; null = it knows none or does not answer. */
  leaderId: string | null
  raftTerm: number | null
  raftIndex: number | null
  raftAppliedIndex: number | null
  dbSizeBytes: number | null
  dbInUseBytes: number | null
  /** From 3.6 on in its status, else from its metrics. */
  dbQuotaBytes: number | null
  answerMilliseconds: number | null
  problem: Problem | null
}
