import { identify } from '#server/auth/identify.ts'
import type { Caller } from '#server/auth/caller.ts'
import type { CookieRules } from '#server/auth/cookies.ts'
import type { Oidc } from '#server/auth/oidc/provider.ts'
import type { FeedHub } from '#server/feed/hub.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'
import { isOwnOrigin } from './guard.ts'

/** What procedures work with, made once a process. */
export interface Services {
  store: Store
  hub: FeedHub
  log: Log
  /** Origins whose pages may change things; the first is the console's own public one. */
  origins: readonly string[]
  /** Encrypts the session cookie. */
  secret: string
  rules: CookieRules
  /** Where people sign in elsewhere; absent or null = by password alone. */
  oidc?: Oidc | null
}

/** One request: the services, and who asks. */
export interface Context {
  services: Services
  /** Looks the session or token up in the store, once a request; null = nobody. */
  identify: () => Promise<Caller | null>
  /** Looks it up once more, as a stream does that outlives many a session. */
  identifyAgain: () => Promise<Caller | null>
  /** Whether a page of this origin is one of the console's own. */
  isOwnOrigin: (origin: string) => boolean
  /** The request's row where it came with a key, marked with the change it asks for. */
  idempotentId?: string | undefined
  /** Headers of the answer; null where there is no answer to put them on. */
  resHeaders: Headers | null
}

/** The context of a request with these headers. */
export function makeContext(services: Services, headers: Headers, resHeaders: Headers | null): Context {
  let caller: Promise<Caller | null> | null = null
  const identifyAgain = () => identify(services, headers)
  return {
    services,
    resHeaders,
    identifyAgain,
    identify: () => (caller ??= identifyAgain()),
    isOwnOrigin: (origin) => isOwnOrigin(origin, headers.get('host'), services.origins),
  }
}
