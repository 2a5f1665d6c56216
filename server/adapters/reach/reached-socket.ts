import { Socket, type SocketConnectOpts } from 'node:net'
import { lookupInReach, OutOfReach, refuseOutOfReach } from './guard.ts'

/** A socket for clients that connect it themselves by port and host: to addresses in reach alone, and to no file. */
export class ReachedSocket extends Socket {
  override connect(...given: unknown[]): this {
    const [port, host] = given
    try {
      if (typeof port !== 'number' || typeof host !== 'string') throw new OutOfReach()
      refuseOutOfReach(host, port)
      return super.connect({ port, host, lookup: lookupInReach(port) } satisfies SocketConnectOpts)
    } catch (error) {
      // Told as a failure of the connection is: later, and to whoever listens by then.
      process.nextTick(() => this.destroy(error instanceof Error ? error : new Error(String(error))))
      return this
    }
  }
}
