import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { callbackify } from 'node:util'
import { LookError } from '../look-error.ts'
import { judgeReach, usualNetworks, type Reach } from './reach.ts'

/** Finds the addresses of a host name. */
export type Resolve = (host: string) => Promise<LookupAddress[]>

/** An address that this process is not to connect to. Decided before any connection, and said in the same words whatever is there. */
export class OutOfReach extends LookError {
  constructor() {
    super('unreachable', outOfReach, { mayHaveArrived: false })
    this.name = 'OutOfReach'
  }
}

/** The one sentence for every such address. */
export const outOfReach =
  'The console is not allowed to connect to this address. An administrator names the networks that it may reach in MATRIARCH_REACH (docs/hardening.md).'

const key = Symbol.for('matriarch.reach')
// Bundles of the web process have a copy of this module each; where it may connect to is one and the same.
const kept: typeof globalThis & { [key]?: { mayReach: ReturnType<typeof judgeReach>; resolve: Resolve } } = globalThis

function now() {
  kept[key] ??= { mayReach: judgeReach({ networks: usualNetworks, own: [] }), resolve: resolveBySystem }
  return kept[key]
}

/** Sets where all of this process may connect to; until then it is what `usualNetworks` says. */
export function setReach(reach: Reach, resolver: Resolve = resolveBySystem): void {
  kept[key] = { mayReach: judgeReach(reach), resolve: resolver }
}

/** Throws OutOfReach for a host that is an address out of reach; a name is judged when it is looked up. */
export function refuseOutOfReach(host: string, port: number): void {
  const bare = bareHost(host)
  if (isIP(bare) !== 0 && !now().mayReach(bare, port)) throw new OutOfReach()
}

/** The addresses of a host, all of which may be connected to. Throws OutOfReach, or what the resolver throws. */
export async function addressesInReach(host: string, port: number): Promise<LookupAddress[]> {
  const bare = bareHost(host)
  const family = isIP(bare)
  // A name in other letters is what somebody's reading makes of it.
  if (family === 0 && !/^[A-Za-z0-9._-]+$/.test(bare)) throw new OutOfReach()
  const { mayReach, resolve } = now()
  const found = family === 0 ? await resolve(bare) : [{ address: bare, family }]
  // A name with one address that is allowed and one that is not leads to whichever its owner likes.
  if (!found.every(({ address }) => mayReach(address, port))) throw new OutOfReach()
  return found
}

/** Looks a name up once for the connection that is made to what it found: what the name says later does not matter. */
export function lookupInReach(port: number): LookupFunction {
  return (host, { all }, done) => {
    callbackify(addressesInReach)(host, port, (error, found) => {
      const [first] = found ?? []
      if (error) done(error, '')
      else if (all === true) done(null, found)
      else done(null, first?.address ?? '', first?.family)
    })
  }
}

// Without the brackets of a URL, and without the dot behind an address that looks like a name then.
function bareHost(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const short = bare.replace(/\.$/, '')
  return isIP(short) === 0 ? bare : short
}

function resolveBySystem(host: string): Promise<LookupAddress[]> {
  return lookup(host, { all: true })
}
