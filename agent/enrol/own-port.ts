import { request } from 'node:https'
import { connect, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Keys } from '#agent/keys/keys.ts'
import { keyIdOf, waitingAnswer } from '#agent/protocol/enrolment.ts'
import type { Pending } from './pending.ts'

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

/** True when who listens there has this agent's key and sees this invitation: the agent's own service. */
export function isHeldByThisAgent(
  address: Address,
  { keys, pending }: { keys: Keys; pending: Pending },
): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: reachable(address.host), port: address.port, path: '/v1/enrol' }
    // Its key is compared below, which is all that its certificate can prove.
    const asked = request({ ...options, agent: false, rejectUnauthorized: false, timeout: 5_000 }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve(isOurs && invitationIn(Buffer.concat(chunks)) === pending.invitationId))
    })
    let isOurs = false
    // Once a session ticket has come, Node knows the certificate no more.
    asked.once('socket', (socket) => {
      socket.once('secureConnect', () => {
        isOurs = socket instanceof TLSSocket && pinOf(socket) === keys.certificatePin
      })
    })
    asked.once('timeout', () => asked.destroy(new Error('no answer'))).once('error', () => resolve(false))
    asked.end()
  })
}

function pinOf(socket: TLSSocket): string | null {
  const key = socket.getPeerX509Certificate()?.publicKey
  return key ? keyIdOf(key.export({ type: 'spki', format: 'der' })) : null
}

function invitationIn(body: Buffer): string | null {
  try {
    return waitingAnswer.parse(JSON.parse(body.toString())).invitationId
  } catch {
    return null
  }
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}
