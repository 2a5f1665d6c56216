import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { AppError } from '#server/errors.ts'
import { LookError } from '../look-error.ts'
import type { Target } from '../target.ts'

/**
 * The addresses of a host, every one of which may be sent to; throws AppError `refused` where one is link-local, of a cloud's metadata
 * service or of nobody: such places trust whoever reaches them.
 */
export async function permittedAddresses(
  host: string,
  target: Target,
  isLinkLocalAllowed: boolean,
): Promise<LookupAddress[]> {
  const bare = host.replace(/^\[|\]$/g, '')
  const family = isIP(bare)
  const found =
    family === 0
      ? await lookup(bare, { all: true }).catch((cause: unknown) => {
          throw new LookError('unreachable', `The host name ${bare} of ${target.who} cannot be resolved.`, {
            cause,
            mayHaveArrived: false,
          })
        })
      : [{ address: bare, family }]
  const bad = isLinkLocalAllowed ? undefined : found.find(({ address }) => isBarred(address))
  if (!bad) return found
  throw new AppError(
    'refused',
    `${target.who} leads to ${bad.address}, a link-local or metadata address, where nothing is sent. To allow it, start the worker with MATRIARCH_NOTIFY_LINK_LOCAL=yes.`,
  )
}

/** True for an address that a notification is never sent to unless that is allowed. */
export function isBarred(address: string): boolean {
  const mapped = /^::ffff:(?:0:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? mappedHex(address)
  if (mapped) return barred.check(mapped, 'ipv4')
  return barred.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

function mappedHex(address: string): string | null {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(address) ?? []
  if (high === undefined || low === undefined) return null
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [a >> 8, a & 255, b >> 8, b & 255].join('.')
}

const barred = new BlockList()
barred.addSubnet('0.0.0.0', 8, 'ipv4')
barred.addSubnet('169.254.0.0', 16, 'ipv4')
barred.addSubnet('224.0.0.0', 3, 'ipv4')
// Metadata of Alibaba and Azure.
barred.addAddress('100.100.100.200', 'ipv4')
barred.addAddress('168.63.129.16', 'ipv4')
barred.addAddress('::', 'ipv6')
barred.addSubnet('fe80::', 10, 'ipv6')
barred.addSubnet('ff00::', 8, 'ipv6')
// Metadata of Amazon.
barred.addAddress('fd00:ec2::254', 'ipv6')
