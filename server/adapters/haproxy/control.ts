import type { HaproxyWish } from '#domain/plan/haproxy-plan.ts'
import type { HaproxyDetail } from '#domain/stack/haproxy-detail.ts'
import { refuseBarred } from '../barred.ts'
import { askHttp } from '../http.ts'
import { notAsExpected } from '../json.ts'
import { LookError } from '../look-error.ts'
import { addressOf, type Target } from '../target.ts'
import type { HaproxyAccess } from './client.ts'
import { readHaproxyDetail } from './detail.ts'

/** What the console may do with one HAProxy. Every call throws LookError. */
export interface HaproxyControl {
  look(signal?: AbortSignal): Promise<HaproxyDetail>
  /** Drains a server or makes it ready; resolves once HAProxy says that it did. Done twice it is the same. */
  ask(wish: HaproxyWish, signal?: AbortSignal): Promise<void>
}

/** Opens no connection yet. What is asked goes to the statistics page alone, with the user and password that the console looks with. */
export function createHaproxyControl(access: HaproxyAccess): HaproxyControl {
  return {
    look: (signal) => readHaproxyDetail(access, signal),
    async ask(wish, signal) {
      const url = new URL(pageOf(access.url))
      const target: Target = { who: 'HAProxy', system: 'HAProxy', address: addressOf(url) }
      const { user, password, caPem } = access
      const hasPassword = user !== null && password !== null
      if (hasPassword) refuseBarred(access.bar, url.origin)
      const { status, location } = await askHttp({
        target,
        url,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ s: wish.server, action: wish.act, b: wish.proxy }).toString(),
        basic: hasPassword ? { user, password } : null,
        caPem,
        timeoutMs: access.timeoutMs ?? 5_000,
        signal,
      })
      refuseUndone({ status, location }, wish, target)
    },
  }
}

/** It answers with a redirect whose end tells how it went. */
function refuseUndone(answer: { status: number; location: string | null }, wish: HaproxyWish, target: Target): void {
  const told = /;st=([A-Z]+)/.exec(answer.location ?? '')?.[1] ?? null
  // NONE: it was so already.
  if (told === 'DONE' || told === 'NONE') return
  const at = `HAProxy on ${target.address}`
  if (answer.status === 401 || answer.status === 403 || told === 'DENY') {
    throw saidNo(
      `${at} lets the console look, but not act. Add "stats admin if ..." to its statistics with a condition that the console's user meets, such as { http_auth(console) }, and reload it.`,
    )
  }
  if (told === 'ERRP' || told === 'EXCD' || told === 'PART')
    throw saidNo(`${at} did not do it: it has no server ${wish.server} in ${wish.proxy}, or could not change it.`)
  throw notAsExpected(target, `it answers HTTP status ${answer.status} where it was asked to change a server`)
}

function saidNo(sentence: string): LookError {
  return new LookError('unauthorized', sentence, { mayHaveArrived: false })
}

/** The page without a suffix that asks for another form of it. */
function pageOf(page: string): string {
  const [address = ''] = page.split('#')
  return address.replace(/;.*$/, '')
}
