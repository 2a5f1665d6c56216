import type { MemberMetric } from './metrics.ts'

/** What is known of a member at one moment; what is not is null or absent. */
export type MemberValues = Partial<Record<MemberMetric, number | null>>
