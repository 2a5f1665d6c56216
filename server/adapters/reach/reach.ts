import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { classOf, hiddenIn, withoutZone, type AddressClass } from './address-class.ts'

/** Where this process may connect to, at addresses that people type. */
export interface Reach {
  /** Networks that an administrator named (`10.0.0.0/8`), or the words `private` and `public`. */
  networks: readonly string[]
  /** Places of the console itself, which nobody is to reach through it: its store and its web process. */
  own: readonly OwnPlace[]
}

export interface OwnPlace {
  /** All addresses of its host, as far as they are known. */
  addresses: readonly string[]
  port: number
}

/** What holds where an administrator names nothing: clusters live in private networks, those who are told of alerts on the internet. */
export const usualNetworks = ['private', 'public']

/** Judges an address with its port; loopback and link-local must be named as networks of their own, some addresses are never allowed. */
export function judgeReach({ networks, own }: Reach): (address: string, port: number) => boolean {
  const ranges = networks.filter(isNetwork)
  const all = listOf(ranges)
  // A network that holds them among others (0.0.0.0/0) does not open this machine by the way.
  const local = listOf(ranges.filter((range) => isLocal(classOf(range.split('/', 1)[0] ?? ''))))
  return (address, port) => {
    const bare = hiddenIn(address) ?? withoutZone(address)
    const kind = classOf(address)
    if (kind === 'never' || own.some((place) => isAt(place, bare, port))) return false
    const family = isIP(bare) === 6 ? 'ipv6' : 'ipv4'
    if (isLocal(kind)) return local.check(bare, family)
    return networks.includes(kind) || all.check(bare, family)
  }
}

// An address, or an address and how many of its leading bits count.
function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || address.includes('%')) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function isLocal(kind: AddressClass): boolean {
  return kind === 'loopback' || kind === 'link-local'
}

function listOf(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', bits] = range.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  return list
}

function isAt(place: OwnPlace, address: string, port: number): boolean {
  if (place.port !== port) return false
  if (place.addresses.includes(address)) return true
  return place.addresses.some(isOfThisMachine) && isOfThisMachine(address)
}

function isOfThisMachine(address: string): boolean {
  if (classOf(address) === 'loopback') return true
  return Object.values(networkInterfaces()).some((all) => all?.some((each) => each.address === address))
}
