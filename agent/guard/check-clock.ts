import { longestLifeSeconds, type Timing } from '#agent/protocol/signature.ts'
import { RefusedError } from '#agent/refused-error.ts'

const skewSeconds = 30

/** Refuses a request that is not of now, saying by how much the clocks must differ for it to be. */
export function checkClock({ created, expires }: Timing, nowSeconds: number): void {
  if (expires <= created || expires - created > longestLifeSeconds) {
    throw new RefusedError(
      'bad-request',
      `A request is valid for 1 to ${longestLifeSeconds} s, not ${expires - created}.`,
    )
  }
  const aheadSeconds = Math.round(created - nowSeconds)
  if (aheadSeconds > skewSeconds) {
    throw new RefusedError(
      'clock-skew',
      `The console's clock is ${aheadSeconds} s ahead of this node's. Set both by NTP; ${skewSeconds} s are allowed.`,
    )
  }
  const lateSeconds = Math.round(nowSeconds - expires)
  // Nobody can tell an old request from a slow clock; a little late is most likely a request that was held up.
  if (lateSeconds > skewSeconds) {
    throw new RefusedError(
      'clock-skew',
      `The request was signed ${-aheadSeconds} s ago by this node's clock: the console's clock is behind, or the request ` +
        'is an old one. Set both clocks by NTP.',
    )
  }
  if (nowSeconds > expires) {
    throw new RefusedError('expired', `The request expired ${lateSeconds} s ago by this node's clock. Sign a new one.`)
  }
}
