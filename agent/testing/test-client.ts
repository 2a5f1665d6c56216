import { Agent, request } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { keyIdOf } from '#agent/protocol/enrolment.ts'
import type { TestRequest } from './test-console.ts'

export interface TestAnswer {
  status: number
  /** Parsed JSON; undefined for a body that is none. */
  body: Record<string, unknown>
  /** Of the certificate that answered. */
  pin: string
}

/** A client that keeps its connections, as the console does. */
export class TestClient {
  // A resumed session carries no certificate to compare.
  private readonly agent = new Agent({
    keepAlive: true,
    maxSockets: 16,
    maxCachedSessions: 0,
    rejectUnauthorized: false,
  })
  private readonly pins = new WeakMap<Socket, string>()
  private readonly port: number

  constructor(port: number) {
    this.port = port
  }

  send({ method, path, headers, body }: TestRequest): Promise<TestAnswer> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, agent: this.agent, method, path }
      const length = { 'content-length': String(body.length) }
      const asked = request({ ...options, headers: { ...length, ...headers } }, (answer) => {
        const chunks: Buffer[] = []
        const pin = this.pins.get(answer.socket) ?? ''
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: parse(Buffer.concat(chunks)), pin }))
        answer.on('error', reject)
      })
      asked.on('socket', (socket) => {
        if (!this.pins.has(socket)) socket.once('secureConnect', () => this.notePin(socket))
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }

  /** Sends a body that nobody signed. */
  post(path: string, body: unknown): Promise<TestAnswer> {
    const bytes = Buffer.from(JSON.stringify(body))
    return this.send({ method: 'POST', path, headers: { 'content-type': 'application/json' }, body: bytes })
  }

  get(path: string): Promise<TestAnswer> {
    return this.send({ method: 'GET', path, headers: {}, body: Buffer.alloc(0) })
  }

  /** Once a session ticket has come, Node knows the certificate no more: it is looked at when the connection is made. */
  private notePin(socket: Socket): void {
    const key = socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.publicKey : undefined
    if (key) this.pins.set(socket, keyIdOf(key.export({ type: 'spki', format: 'der' })))
  }

  [Symbol.dispose](): void {
    this.agent.destroy()
  }
}

function parse(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return {}
  }
}
