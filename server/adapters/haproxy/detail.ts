import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'
import { askStatistics, type HaproxyAccess } from './client.ts'
import { parseHaproxyDetail } from './parse-detail.ts'

/** All that the statistics of one HAProxy say; throws LookError. */
export async function readHaproxyDetail(access: HaproxyAccess, signal?: AbortSignal): Promise<HaproxyDetail> {
  const { csv, target } = await askStatistics(access, signal)
  return parseHaproxyDetail(csv, target)
}
