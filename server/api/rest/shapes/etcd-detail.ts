import { z } from 'zod'
import type { EtcdDetail } from '#domain/stack/etcd-detail.ts'
import { problem } from './problem.ts'

const textOrNull = z.string().nullable()
const amountOrNull = z.number().nullable()

export const etcdDetail: z.ZodType<EtcdDetail> = z.object({
  members: z.array(
    z.object({
      id: textOrNull,
      name: textOrNull,
      url: textOrNull,
      isUnstarted: z.boolean(),
      isLearner: z.boolean(),
      version: textOrNull,
      isLeader: z.boolean().nullable(),
      leaderId: textOrNull,
      raftTerm: amountOrNull,
      raftIndex: amountOrNull,
      raftAppliedIndex: amountOrNull,
      dbSizeBytes: amountOrNull,
      dbInUseBytes: amountOrNull,
      dbQuotaBytes: amountOrNull,
      answerMilliseconds: amountOrNull,
      problem: problem.nullable(),
    }),
  ),
  alarms: z.array(z.object({ memberId: textOrNull, kind: z.string() })),
})
