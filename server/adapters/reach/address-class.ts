import { BlockList, isIP } from 'node:net'

/**
 * What an address is. `never`: of nobody, of everybody, or of a service that trusts whoever reaches it, such as a cloud's metadata;
 * forms that hide an IPv4 address in an IPv6 one are what they hide.
 */
export type AddressClass = 'public' | 'private' | 'loopback' | 'link-local' | 'never'

/** The class of an address as a resolver or a socket writes it; what is no address is `never`. */
export function classOf(address: string): AddressClass {
  const bare = withoutZone(address)
  const family = isIP(bare)
  if (family === 0) return 'never'
  if (family === 4) return classIn(bare, 'ipv4')
  const hidden = hiddenIn(bare)
  return hidden === null ? classIn(bare, 'ipv6') : classIn(hidden, 'ipv4')
}

/** The IPv4 address that is reached by an IPv6 one (mapped, or translated by NAT64); null = none. */
export function hiddenIn(address: string): string | null {
  const groups = groupsOf(withoutZone(address))
  const isMapped = isBegun(groups, [0, 0, 0, 0, 0, 0xff_ff])
  const isTranslated = isBegun(groups, [0x64, 0xff_9b, 0, 0, 0, 0])
  if (!isMapped && !isTranslated) return null
  const [high = 0, low = 0] = groups.slice(6)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** An address without the `%zone` behind it. */
export function withoutZone(address: string): string {
  return address.replace(/%.*$/, '')
}

type Family = 'ipv4' | 'ipv6'

function classIn(address: string, family: Family): AddressClass {
  for (const [name, list] of lists) if (list.check(address, family)) return name
  return 'public'
}

/** The eight groups of an IPv6 address, as the platform spells it out. */
function groupsOf(address: string): number[] {
  if (isIP(address) !== 6) return []
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const first = groupsIn(head)
  const last = groupsIn(tail ?? '')
  return tail === undefined ? first : [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last]
}

function groupsIn(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

function isBegun(groups: number[], by: number[]): boolean {
  return groups.length === 8 && by.every((group, n) => groups[n] === group)
}

function listOf(v4: readonly string[], v6: readonly string[]): BlockList {
  const list = new BlockList()
  for (const [networks, family] of [[v4, 'ipv4'] as const, [v6, 'ipv6'] as const]) {
    for (const network of networks) {
      const [address = '', bits = family === 'ipv4' ? '32' : '128'] = network.split('/')
      list.addSubnet(address, Number(bits), family)
    }
  }
  return list
}

// The first that holds an address names it.
const lists: readonly (readonly [AddressClass, BlockList])[] = [
  [
    'never',
    listOf(
      // This network, multicast, reserved and broadcast; protocol assignments and the relay of 6to4.
      ['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', '192.0.0.0/24', '192.88.99.0/24'].concat(
        // Metadata of Amazon, Google, Azure and others; of Amazon's tasks; of Alibaba; of Azure's host.
        ['169.254.169.254', '169.254.170.2', '169.254.170.23', '100.100.100.200', '168.63.129.16'],
      ),
      // Metadata of Amazon and its tasks, Google, Scaleway and Oracle.
      ['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:42::42', 'fd00:c1::a9fe:a9fe', 'ff00::/8'].concat(
        // Forms that hide an IPv4 address and are not of use any more: translated, local NAT64, Teredo, 6to4, site-local.
        ['::ffff:0:0:0/96', '64:ff9b:1::/48', '2001::/32', '2002::/16', 'fec0::/10'],
      ),
    ),
  ],
  ['loopback', listOf(['127.0.0.0/8'], ['::1'])],
  ['link-local', listOf(['169.254.0.0/16'], ['fe80::/10'])],
  ['private', listOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'], ['fc00::/7'])],
  // Addresses "compatible" with IPv4, and nobody's own: behind ::1, which is among them.
  ['never', listOf([], ['::/96'])],
]
