import { statfs } from 'node:fs/promises'
import { formatBytes } from '#domain/format.ts'
import { RefusedError } from '#agent/refused-error.ts'

/** Refuses to go on where a rehearsal has left hardly any room: the live data may lie on the same disk. */
export async function requireRoom(folder: string): Promise<void> {
  const { blocks, bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= Math.min(leastBytes, blocks * bsize * leastPart)) return
  throw new RefusedError(
    'failed',
    `Only ${formatBytes(free)} are free at ${folder}: the rehearsal is stopped before the disk is full. Discard it, and rehearse on a node with more room, or name another folder in [rehearsal] of agent.toml.`,
  )
}

/** Does some work that ends as soon as room gets scarce; rejects then with the reason. */
export async function whileRoom<T>(
  folder: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const short = new AbortController()
  let reason: unknown = null
  const timer = setInterval(() => {
    requireRoom(folder).catch((error: unknown) => {
      reason ??= error
      short.abort(error)
    })
  }, lookMs)
  try {
    const done = await work(AbortSignal.any([signal, short.signal]))
    if (reason !== null) throw reason
    return done
  } catch (error) {
    throw reason ?? error
  } finally {
    clearInterval(timer)
  }
}

const leastBytes = 1024 ** 3
const leastPart = 0.02
const lookMs = 2_000
