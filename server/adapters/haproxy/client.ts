import type { HaproxyStatus } from '#domain/snapshot/readings.ts'
import { refuseBarred, type Bar } from '../barred.ts'
import { askHttp } from '../http.ts'
import { notAsExpected } from '../json.ts'
import { LookError } from '../look-error.ts'
import { addressOf, type Target } from '../target.ts'
import { parseHaproxy } from './parse.ts'

export interface HaproxyAccess {
  /** The statistics page as a person opens it, e.g. http://10.0.1.30:7000/ or http://lb/haproxy?stats. */
  url: string
  user: string | null
  password: string | null
  bar?: Bar
  caPem: string | null
  timeoutMs?: number
}

/** Where HAProxy sends its clients; throws LookError. */
export async function readHaproxy(access: HaproxyAccess, signal?: AbortSignal): Promise<HaproxyStatus> {
  const { csv, target } = await askStatistics(access, signal)
  return parseHaproxy(csv, target)
}

/** The statistics of one HAProxy as CSV; throws LookError. */
export async function askStatistics(
  access: HaproxyAccess,
  signal?: AbortSignal,
): Promise<{ csv: string; target: Target }> {
  const url = new URL(csvUrl(access.url))
  const target: Target = { who: 'HAProxy', system: 'HAProxy', address: addressOf(url) }
  const { user, password, caPem } = access
  const hasPassword = user !== null && password !== null
  if (hasPassword) refuseBarred(access.bar, url.origin)
  const answer = await askHttp({
    target,
    url,
    basic: hasPassword ? { user, password } : null,
    caPem,
    timeoutMs: access.timeoutMs ?? 5_000,
    signal,
  })
  if (answer.status === 401 || answer.status === 403) {
    throw new LookError('unauthorized', notAccepted(target, hasPassword ? user : null))
  }
  if (answer.status !== 200)
    throw notAsExpected(target, `its statistics page answers with HTTP status ${answer.status}`)
  return { csv: answer.body, target }
}

/** Address of the CSV behind a statistics page; HAProxy takes it as a suffix of path or query. */
export function csvUrl(page: string): string {
  const [address = ''] = page.split('#')
  return `${address.replace(/;.*$/, '')};csv`
}

function notAccepted({ address }: Target, user: string | null): string {
  return user === null
    ? `HAProxy on ${address} asks for a user and password for its statistics: give the cluster those of its line "stats auth".`
    : `HAProxy on ${address} does not accept the user ${user} and its password for its statistics: both must be those of its line "stats auth".`
}
