import type { LookupAddress } from 'node:dns'
import { LookError } from '../look-error.ts'
import { classOf } from '../reach/address-class.ts'
import { addressesInReach } from '../reach/guard.ts'
import type { Target } from '../target.ts'

/**
 * The addresses that a message is sent to, whether all are on the internet, as what others answer is not told, and how much of `withinMs`
 * is left then: the system looks for a name as long as it likes.
 */
export async function addressesFor(
  { host, port, withinMs }: { host: string; port: number; withinMs: number },
  target: Target,
): Promise<{ addresses: LookupAddress[]; isPublic: boolean; leftMs: number }> {
  const began = performance.now()
  const looking = addressesInReach(host, port).catch((cause: unknown) => {
    if (cause instanceof LookError) throw cause
    throw new LookError('unreachable', `The host name ${host} of ${target.who} cannot be resolved.`, {
      cause,
      mayHaveArrived: false,
    })
  })
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const sentence = `The host name ${host} of ${target.who} was not found within ${withinMs / 1_000} s.`
    timer = setTimeout(() => reject(new LookError('timeout', sentence, { mayHaveArrived: false })), withinMs)
  })
  try {
    const addresses = await Promise.race([looking, late])
    const leftMs = Math.max(1, Math.round(withinMs - (performance.now() - began)))
    return { addresses, isPublic: addresses.every(({ address }) => classOf(address) === 'public'), leftMs }
  } finally {
    clearTimeout(timer)
  }
}
