import type { QueryClient, QueryKey } from '@tanstack/react-query'

/** Has lists asked for anew once for all messages that come together. */
export class Refresh {
  readonly #queryClient: QueryClient
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(queryClient: QueryClient) {
    this.#queryClient = queryClient
  }

  soon(queryKey: QueryKey) {
    const name = JSON.stringify(queryKey)
    if (this.#waiting.has(name)) return
    const ask = () => {
      this.#waiting.delete(name)
      void this.#queryClient.invalidateQueries({ queryKey })
    }
    this.#waiting.set(name, setTimeout(ask, gatherMs))
  }
}

const gatherMs = 100
