import { z } from 'zod'

const text = z.string()

/** What every plan tells: the cluster it was made for, as it was, and what it comes to. */
export const planFields = {
  version: z.literal(1),
  clusterId: text,
  clusterName: text,
  leader: text,
  timeline: z.int().nullable(),
  systemIdentifier: text.nullable(),
  snapshotVersion: z.int(),
  madeAt: z.date(),
  sentences: z.array(text),
  blockers: z.array(text),
  warnings: z.array(text),
  pointOfNoReturn: text,
}
