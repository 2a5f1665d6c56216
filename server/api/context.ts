import type { Caller } from '#server/auth/caller.ts'
import type { FeedHub } from '#server/feed/hub.ts'
import type { Log } from '#server/log.ts'
import type { Store } from '#server/store/open.ts'

/** What procedures work with, made once a process. */
export interface Services {
  store: Store
  hub: FeedHub
  log: Log
  /** Origins whose pages may change things; the first is the console's own public one. */
  origins: readonly string[]
  secret: string
}

/** One request: the services, and who asks from where. */
export interface Context {
  services: Services
  /** Looks the session or token up in the store, once a request; null = nobody. */
  identify: () => Promise<Caller | null>
  /** Headers of the answer; null where there is no answer to put them on. */
  resHeaders: Headers | null
}
