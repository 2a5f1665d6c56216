import { BlockList, isIP, isIPv6 } from 'node:net'

/** Whose word on the address of a request counts: loopback, and these addresses or networks (`10.0.0.7`, `10.0.0.0/24`). */
export function trustedPeers(networks: string[]): (peer: string) => boolean {
  const trusted = new BlockList()
  trusted.addSubnet('127.0.0.0', 8, 'ipv4')
  trusted.addAddress('::1', 'ipv6')
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    if (bits === undefined) trusted.addAddress(address, familyOf(address))
    else trusted.addSubnet(address, Number(bits), familyOf(address))
  }
  return (peer) => isIP(peer) !== 0 && trusted.check(peer, familyOf(peer))
}

/** What X-Forwarded-For may say of a request: what a trusted proxy wrote there, of anybody else the address they come from. */
export function forwardedFor(
  request: { peer: string | undefined; header: string | string[] | undefined },
  isTrusted: (peer: string) => boolean,
): string {
  const peer = request.peer ?? ''
  const told = [request.header ?? []].flat().join(', ').trim()
  return told !== '' && isTrusted(peer) ? told : peer
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4'
}
