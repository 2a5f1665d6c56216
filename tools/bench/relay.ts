import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** What a relay does with the answers of whoever is behind it: pass them on, keep all back, or keep back all but their beginning. */
export type RelayMood = 'through' | 'silent' | 'midway'

/** A relay in front of a server, which can fall silent as a frozen machine does: it takes connections and questions all the same. */
export interface Relay extends AsyncDisposable {
  fall(mood: RelayMood): void
}

/** Bytes of an answer that come before it stops midway: not yet one row of anything that is asked. */
const beginningBytes = 48

/** Listens on `at` and passes on to `to`, on 127.0.0.1. */
export async function startRelay(at: { host: string; port: number }, to: number): Promise<Relay> {
  let mood: RelayMood = 'through'
  const sockets = new Set<Socket>()
  const rests = new Map<Socket, number>()
  const restOf = (client: Socket) => (mood === 'silent' ? 0 : (rests.get(client) ?? beginningBytes))
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    keep(client)
    keep(upstream)
    client.on('data', (chunk) => upstream.write(chunk))
    upstream.on('data', (chunk) => {
      const rest = mood === 'through' ? chunk.length : restOf(client)
      rests.set(client, Math.max(0, rest - chunk.length))
      if (rest > 0) client.write(chunk.subarray(0, rest))
    })
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  server.listen(at.port, at.host)
  await once(server, 'listening')
  return {
    fall(next) {
      mood = next
      rests.clear()
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
