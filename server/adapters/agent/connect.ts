import type { X509Certificate } from 'node:crypto'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { keyIdOf } from '#agent/protocol/enrolment.ts'
import { httpProblem, timeoutProblem, type Progress } from '../http-problem.ts'
import { LookError } from '../look-error.ts'
import { lookupInReach, refuseOutOfReach } from '../reach/guard.ts'
import { targetOf, type AgentPlace } from './target.ts'

/** The agent's certificate is another than the one it was enrolled with. Nothing was sent. */
export class PinMismatch extends LookError {
  readonly found: string

  constructor({ node, address }: AgentPlace, found: string) {
    const sentence = `What answers on ${address} shows another certificate than the agent of ${node} was enrolled with.`
    super('tls', sentence, { mayHaveArrived: false })
    this.name = 'PinMismatch'
    this.found = found
  }
}

export interface AgentConnection {
  socket: TLSSocket
  /** SHA-256 of the SPKI of the certificate that it shows, base64url. */
  pin: string
}

/**
 * Connects to an agent by TLS 1.3 and looks at its certificate before anything is sent: with a pin, any other is a PinMismatch.
 * No authority is asked: the certificate is self-signed, the pin is what makes it known.
 */
export async function connectToAgent(
  place: AgentPlace,
  given: { pin: string | null; timeoutMs: number; signal?: AbortSignal | undefined },
): Promise<AgentConnection> {
  const target = targetOf(place)
  const progress: Progress = { isConnected: false, hasResponse: false }
  const { host, port } = hostAndPort(place.address)
  refuseOutOfReach(host, port)
  const lookup = lookupInReach(port)
  const socket = connectTls({ host, port, lookup, minVersion: 'TLSv1.3', rejectUnauthorized: false, servername: '' })
  const { promise, resolve, reject } = withResolvers<X509Certificate | undefined>()
  const timer = setTimeout(() => reject(timeoutProblem(target, given.timeoutMs, progress)), given.timeoutMs)
  const onAbort = () => reject(new LookError('timeout', `The call to ${target.who} was broken off.`))
  if (given.signal?.aborted === true) onAbort()
  given.signal?.addEventListener('abort', onAbort)
  // At once: when a session ticket has come, Node knows the certificate no more.
  socket.once('secureConnect', () => resolve(socket.getPeerX509Certificate()))
  const onError = (error: unknown) => reject(error instanceof LookError ? error : httpProblem(error, target, progress))
  socket.once('error', onError)
  try {
    const certificate = await promise
    if (!certificate) throw new LookError('tls', `The agent of ${place.node} on ${place.address} shows no certificate.`)
    const pin = keyIdOf(certificate.publicKey.export({ format: 'der', type: 'spki' }))
    if (given.pin !== null && pin !== given.pin) throw new PinMismatch(place, pin)
    return { socket, pin }
  } catch (error) {
    socket.destroy()
    throw error
  } finally {
    clearTimeout(timer)
    given.signal?.removeEventListener('abort', onAbort)
    // What breaks from here on is the exchange's to tell; unheard it would end the process.
    socket.on('error', () => {})
    socket.removeListener('error', onError)
  }
}

/** Host and port of `host:port`, an IPv6 host with or without its brackets. */
export function hostAndPort(address: string): { host: string; port: number } {
  const cut = address.lastIndexOf(':')
  return { host: address.slice(0, cut).replace(/^\[(.*)\]$/, '$1'), port: Number(address.slice(cut + 1)) }
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (error: unknown) => void = () => {}
  const promise = new Promise<T>((onDone, onFailure) => {
    resolve = onDone
    reject = onFailure
  })
  promise.catch(() => {})
  return { promise, resolve, reject }
}
