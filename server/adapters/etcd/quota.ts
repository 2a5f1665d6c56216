import { askHttp } from '../http.ts'
import { etcdTarget } from './session.ts'

/** Tells how large an endpoint's database may grow, bytes; null = it does not tell. Never fails: a quota is a courtesy. */
export type QuotaLook = (url: string, signal?: AbortSignal) => Promise<number | null>

/** Reads quotas from metrics, as no status before 3.6 tells them; each endpoint is asked seldom, since they change by a restart alone. */
export function createQuotaLook(caPem: string | null): QuotaLook {
  const known = new Map<string, { bytes: number | null; readAt: number }>()
  return async (url, signal) => {
    const last = known.get(url)
    if (last !== undefined && performance.now() - last.readAt < (last.bytes === null ? retryMs : ageMs))
      return last.bytes
    const bytes = await readQuota(url, caPem, signal)
    known.set(url, { bytes, readAt: performance.now() })
    return bytes
  }
}

const ageMs = 30 * 60_000
/** Metrics may be served elsewhere, or the endpoint be down. */
const retryMs = 5 * 60_000

async function readQuota(url: string, caPem: string | null, signal: AbortSignal | undefined): Promise<number | null> {
  try {
    // Metrics are for all to read: no token is sent.
    const answer = await askHttp({
      target: etcdTarget(url),
      url: new URL('/metrics', url),
      caPem,
      timeoutMs: 2_000,
      limitBytes: 2 * 1024 * 1024,
      signal,
    })
    return answer.status === 200 ? quotaIn(answer.body) : null
  } catch {
    return null
  }
}

/** The quota in an endpoint's metrics, bytes; null = they do not hold it. */
export function quotaIn(metrics: string): number | null {
  const [, told] = /^etcd_server_quota_backend_bytes (\S+)\s*$/m.exec(metrics) ?? []
  const bytes = Number(told ?? Number.NaN)
  return Number.isFinite(bytes) && bytes > 0 ? bytes : null
}
