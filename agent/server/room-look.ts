import { setTimeout as pause } from 'node:timers/promises'

/**
 * How much room is left, as often as it is asked for: null while the file system does not answer. One that hangs holds one look, not one
 * for each question, and no question waits for it for long.
 */
export class RoomLook {
  private readonly look: () => Promise<number | null>
  private readonly patienceMs: number
  private pending: Promise<number | null> | null = null

  constructor(look: () => Promise<number | null>, patienceMs = 500) {
    this.look = look
    this.patienceMs = patienceMs
  }

  async freeBytes(): Promise<number | null> {
    if (this.pending) return null
    const ended = new AbortController()
    this.pending = this.look().catch(() => null)
    const told = this.pending.then((bytes) => {
      this.pending = null
      return bytes
    })
    const late = pause(this.patienceMs, null, { signal: ended.signal, ref: false }).catch(() => null)
    const bytes = await Promise.race([told, late])
    ended.abort()
    return bytes
  }
}
