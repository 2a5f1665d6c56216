import type { Server } from 'node:https'
import type { Socket } from 'node:net'

/** Leaves room for the console, however many connections one stranger opens. */
export function limitConnections(server: Server, limit: { all: number; each: number }): void {
  const counts = new Map<string, number>()
  server.maxConnections = limit.all
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1
      if (left > 0) counts.set(address, left)
      else counts.delete(address)
    })
    if (count > limit.each) socket.destroy()
  })
}
