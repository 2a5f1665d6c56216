import { lookup } from 'node:dns/promises'
import pg from 'pg'
import { setReach } from './guard.ts'
import type { OwnPlace } from './reach.ts'

/** What is to be kept from those who type addresses. */
interface OwnAddresses {
  networks: readonly string[]
  databaseUrl: string
  /** Null = it is the web process that asks, at addresses which only its environment names. */
  publicUrl: string | null
}

const everyMs = 60_000

/** Sets where this process connects to: the networks that it was told of, without the console's own store and web process, whose names are looked up again as long as it works. */
export async function setOutReach(given: OwnAddresses, signal: AbortSignal): Promise<void> {
  const refresh = async () => setReach({ networks: given.networks, own: await ownPlaces(given) })
  await refresh()
  const timer = setInterval(() => void refresh(), everyMs)
  timer.unref()
  signal.addEventListener('abort', () => clearInterval(timer))
}

async function ownPlaces({ databaseUrl, publicUrl }: OwnAddresses): Promise<OwnPlace[]> {
  // As pg reads it: with what the environment adds to the URL.
  const store = new pg.Client({ connectionString: databaseUrl })
  const places = [placeOf(store.host, store.port)]
  if (publicUrl !== null) {
    const { hostname, port, protocol } = new URL(publicUrl)
    places.push(placeOf(hostname, Number(port) || (protocol === 'https:' ? 443 : 80)))
  }
  return Promise.all(places)
}

const known = new Map<string, string[]>()

async function placeOf(host: string, port: number): Promise<OwnPlace> {
  // A socket's folder: it is on this machine.
  if (host.startsWith('/')) return { addresses: ['127.0.0.1'], port }
  const found = await lookup(host.replace(/^\[(.*)\]$/, '$1'), { all: true }).catch(() => null)
  const addresses = found?.map(({ address }) => address) ?? known.get(host) ?? []
  known.set(host, addresses)
  return { addresses, port }
}
