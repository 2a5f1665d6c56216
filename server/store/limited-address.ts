import { isIPv6 } from 'node:net'

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
