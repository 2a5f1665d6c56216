/** Lets each address do so much a second, and remembers only so many addresses. */
export class RateLimit {
  private readonly buckets = new Map<string, { left: number; atMs: number }>()
  private readonly limits: { perSecond: number; burst: number; addresses: number }

  constructor(limits: { perSecond: number; burst: number; addresses: number }) {
    this.limits = limits
  }

  /** True when this address may do it once more now. */
  take(address: string, nowMs: number): boolean {
    const { perSecond, burst, addresses } = this.limits
    const before = this.buckets.get(address) ?? { left: burst, atMs: nowMs }
    const gained = (Math.max(0, nowMs - before.atMs) / 1_000) * perSecond
    const left = Math.min(burst, before.left + gained)
    // Set anew, the address is the last to be forgotten.
    this.buckets.delete(address)
    this.buckets.set(address, { left: left < 1 ? left : left - 1, atMs: nowMs })
    if (this.buckets.size > addresses) this.forgetOldest()
    return left >= 1
  }

  get size(): number {
    return this.buckets.size
  }

  private forgetOldest(): void {
    for (const address of this.buckets.keys()) {
      this.buckets.delete(address)
      return
    }
  }
}
