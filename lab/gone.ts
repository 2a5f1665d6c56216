import { isListed, type LiveProcess } from './proc.ts'
import { waitFor } from './wait.ts'

export interface Gone {
  until: string
  timeoutMs: number
  /** Called with what is still alive; it may send signals. */
  meanwhile?: (alive: LiveProcess[]) => void
}

/** Waits until a list of processes is empty and the kernel has forgotten each of them. */
export async function waitUntilGone({ until, timeoutMs, meanwhile }: Gone, list: () => LiveProcess[]): Promise<void> {
  const seen = new Map<string, LiveProcess>()
  await waitFor({ until, timeoutMs, everyMs: 50 }, () => {
    const alive = list()
    for (const found of alive) seen.set(`${found.pid} ${found.startedTicks}`, found)
    meanwhile?.(alive)
    return alive.length === 0
  })
  // Some init processes collect zombies only every few seconds, some containers never: then a zombie is as good as gone.
  await waitFor({ until: 'init has collected them', timeoutMs: 5000, everyMs: 50 }, () => {
    return [...seen.values()].every((found) => !isListed(found))
  }).catch(() => {})
}
