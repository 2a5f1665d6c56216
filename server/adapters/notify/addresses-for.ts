import type { LookupAddress } from 'node:dns'
import { LookError } from '../look-error.ts'
import { classOf } from '../reach/address-class.ts'
import { addressesInReach } from '../reach/guard.ts'
import type { Target } from '../target.ts'

/** The addresses that a message is sent to, and whether all are on the internet: what others answer is not told. */
export async function addressesFor(
  host: string,
  port: number,
  target: Target,
): Promise<{ addresses: LookupAddress[]; isPublic: boolean }> {
  const addresses = await addressesInReach(host, port).catch((cause: unknown) => {
    if (cause instanceof LookError) throw cause
    throw new LookError('unreachable', `The host name ${host} of ${target.who} cannot be resolved.`, {
      cause,
      mayHaveArrived: false,
    })
  })
  return { addresses, isPublic: addresses.every(({ address }) => classOf(address) === 'public') }
}
