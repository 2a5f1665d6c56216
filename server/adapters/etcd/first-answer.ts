import { setTimeout as sleep } from 'node:timers/promises'

/** How one attempt after another failed; `errors` in the order of the places. */
export class AllFailed extends Error {
  readonly errors: unknown[]

  constructor(errors: unknown[]) {
    super('Every attempt failed.')
    this.errors = errors
  }
}

/**
 * Asks the first place and, when it fails or stays silent for `patienceMs`, the next as well; the first answer wins and
 * the other attempts are broken off. Throws AllFailed when none answers.
 */
export async function firstAnswer<P, T>(
  places: readonly P[],
  ask: (place: P, signal: AbortSignal) => Promise<T>,
  options: { patienceMs: number; signal?: AbortSignal | undefined },
): Promise<{ place: P; value: T }> {
  const end = new AbortController()
  const abort = () => end.abort()
  options.signal?.addEventListener('abort', abort)
  if (options.signal?.aborted === true) abort()
  const errors: unknown[] = []
  try {
    let previousFailed: Promise<unknown> = Promise.resolve()
    const attempts = places.map((place, index) => {
      const turn =
        index === 0 ? previousFailed : Promise.race([previousFailed, patience(index * options.patienceMs, end.signal)])
      const attempt = turn.then(async () => {
        end.signal.throwIfAborted()
        return { place, value: await ask(place, end.signal) }
      })
      // Only a failure lets the next begin early; an answer ends everything anyway.
      previousFailed = new Promise((resolve) => {
        attempt.catch((error: unknown) => {
          errors[index] = error
          resolve(undefined)
        })
      })
      return attempt
    })
    return await Promise.any(attempts)
  } catch {
    throw new AllFailed(errors)
  } finally {
    options.signal?.removeEventListener('abort', abort)
    end.abort()
  }
}

async function patience(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}
