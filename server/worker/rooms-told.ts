/** Which agents tell of the room on their nodes whenever they are asked how they are, and when each last did. */
export class RoomsTold {
  readonly #at = new Map<string, number>()

  hear(agentId: string, { freeBytes }: { freeBytes?: number | null | undefined }): void {
    if (typeof freeBytes === 'number') this.#at.set(agentId, Date.now())
    else this.#at.delete(agentId)
  }

  /** True while the room of this agent's node is known as of now, without a look there. */
  isTold(agentId: string, nowMs: number): boolean {
    return nowMs - (this.#at.get(agentId) ?? 0) < holdsMs
  }
}

/** An agent that is away for a moment misses one or two questions. */
const holdsMs = 90_000
