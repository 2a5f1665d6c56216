import { count } from '#domain/words.ts'
import type { LiveMember, LiveNumbers } from './live-numbers.ts'

/** `412 clients, 35 new each second`. */
export function clientsWords({ sessions, perSecond }: NonNullable<LiveNumbers['clients']>): string {
  return `${amount(sessions)} ${sessions === 1 ? 'client' : 'clients'}, ${amount(perSecond)} new/s`
}

/** `18 / 25 busy, 7 wait`; null where the pooler is not seen. */
export function poolWords(member: LiveMember): string | null {
  const use = busyWords(member)
  const wait = waitWords(member)
  return wait === null ? use : `${use}, ${wait}`
}

/** `18 / 25 busy`; null where the pooler is not seen. */
export function busyWords({ pool }: LiveMember): string | null {
  if (pool === null) return null
  return pool.cap === null ? `${pool.busy} busy` : `${pool.busy} / ${pool.cap} busy`
}

/** `7 wait`; null where nobody waits, or it is not seen. */
export function waitWords({ pool }: LiveMember): string | null {
  return pool === null || pool.waiting === 0 ? null : `${pool.waiting} wait`
}

/** `18 sessions`; null where HAProxy is not seen. */
export function sessionWords({ sessions }: LiveMember): string | null {
  return sessions === null ? null : count(sessions, 'session')
}

/** `1,340 tx/s`; null while it is not known. */
export function rateWords(perSecond: number | null): string | null {
  return perSecond === null ? null : `${amount(perSecond)} tx/s`
}

function amount(number: number): string {
  return (number < 10 ? Math.round(number * 10) / 10 : Math.round(number)).toLocaleString('en-US')
}
