import { Agent, request } from 'node:https'
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
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false })
  private readonly port: number

  constructor(port: number) {
    this.port = port
  }

  send({ method, path, headers, body }: TestRequest): Promise<TestAnswer> {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, agent: this.agent, method, path, headers }
      const asked = request(options, (answer) => {
        const chunks: Buffer[] = []
        const pin = answer.socket instanceof TLSSocket ? pinOf(answer.socket) : ''
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: parse(Buffer.concat(chunks)), pin }))
        answer.on('error', reject)
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

  [Symbol.dispose](): void {
    this.agent.destroy()
  }
}

/** A resumed session carries no certificate: it was compared when the session was made. */
function pinOf(socket: TLSSocket): string {
  const key = socket.getPeerX509Certificate()?.publicKey
  return key ? keyIdOf(key.export({ type: 'spki', format: 'der' })) : ''
}

function parse(bytes: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return {}
  }
}
