import { createTRPCClient, httpLink } from '@trpc/client'
import { errorCode } from '#components/trpc/error-sentence.ts'
import { transformer } from '#components/trpc/transformer.ts'
import type { WatchRouter } from '#server/api/watch/root.ts'

/** A link that cannot be used, or not now, in a sentence for whoever opened it. */
export class LinkProblem extends Error {}

/** Looks by a link: its token is exchanged once for a cookie, and again when that has ended. */
export class Watcher {
  readonly #token: string
  #share: string | null = null
  readonly #client = createTRPCClient<WatchRouter>({
    links: [
      httpLink({
        url: '/api/watch',
        transformer,
        headers: () => ({ 'x-share': this.#share ?? '' }),
        fetch: (url, options) => fetch(url, { ...options, cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) }),
      }),
    ],
  })

  constructor(token: string) {
    this.#token = token
  }

  /** Throws LinkProblem where the link is to blame. */
  async look() {
    if (this.#share === null) await this.#enter()
    try {
      return await this.#client.status.query()
    } catch (error) {
      if (errorCode(error) !== 'unauthenticated') throw error
      await this.#enter()
      return this.#client.status.query()
    }
  }

  async #enter(): Promise<void> {
    const response = await fetch('/api/watch/enter', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-matriarch': '1' },
      body: JSON.stringify({ token: this.#token }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const body: unknown = await response.json()
    if (response.ok && isRecord(body) && typeof body['share'] === 'string') {
      this.#share = body['share']
      return
    }
    const sentence = isRecord(body) && typeof body['detail'] === 'string' ? body['detail'] : null
    throw response.status < 500 && sentence !== null ? new LinkProblem(sentence) : new Error('no answer')
  }
}

const timeoutMs = 15_000

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
