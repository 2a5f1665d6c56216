import { isIPv6 } from 'node:net'

/**
 * The address a request comes from: the last one in X-Forwarded-For, which the web process lets only trusted proxies write
 * and sets from the socket else. It limits tries and informs, it never admits.
 */
export function addressOf(headers: Headers): string {
  const last = (headers.get('x-forwarded-for') ?? '').split(',').at(-1)?.trim() ?? ''
  return last.slice(0, 64) || 'unknown'
}

/** What counts as one address where tries are limited: of IPv6 the network that one customer is given. */
export function limitedAddress(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (!isIPv6(bare)) return address
  const { hostname } = new URL(`http://[${bare}]`)
  const [head = '', tail] = hostname.slice(1, -1).split('::')
  const groups = head === '' ? [] : head.split(':')
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length)
  const mapped = /^::ffff:([0-9a-f]+:[0-9a-f]+)$/.exec(hostname.slice(1, -1))?.[1]
  return mapped === undefined
    ? `${[...groups, ...Array<string>(missing).fill('0')].slice(0, 4).join(':')}::/64`
    : `::ffff:${mapped}`
}
