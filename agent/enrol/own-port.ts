import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Keys } from '#agent/keys/keys.ts'
import { keyIdOf } from '#agent/protocol/enrolment.ts'

interface Address {
  host: string
  port: number
}

/** True when something listens where the agent would. */
export function isPortTaken(address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ ...address, host: reachable(address.host), timeout: 2_000 })
    const end = (isTaken: boolean) => () => {
      socket.destroy()
      resolve(isTaken)
    }
    socket.once('connect', end(true)).once('timeout', end(false)).once('error', end(false))
  })
}

/** True when who listens there has this agent's key: its own service. The certificate alone says it, whatever is answered. */
export function isHeldByThisAgent(address: Address, keys: Keys): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: reachable(address.host), port: address.port, rejectUnauthorized: false, timeout: 5_000 }
    const socket = connectTls(options, () => {
      resolve(pinOf(socket) === keys.certificatePin)
      socket.end()
    })
    socket.once('timeout', () => socket.destroy(new Error('no answer'))).once('error', () => resolve(false))
  })
}

function pinOf(socket: TLSSocket): string | null {
  const key = socket.getPeerX509Certificate()?.publicKey
  return key ? keyIdOf(key.export({ type: 'spki', format: 'der' })) : null
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}
