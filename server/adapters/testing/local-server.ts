import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { createServer as createTcpServer, type Server as TcpServer, type Socket } from 'node:net'

/** A real server on 127.0.0.1, closed with all its connections at the end of the `await using` block. */
export type LocalServer = AsyncDisposable & { url: string; port: number }

/** Answers HTTP as the listener says. */
export function serveHttp(listener: RequestListener): Promise<LocalServer> {
  return listening(createServer(listener), 'http')
}

/** The same over TLS, with one of the certificates in fixtures/tls. */
export function serveTls(certificate: string, listener: RequestListener): Promise<LocalServer> {
  const cert = tlsFile(`${certificate}.pem`)
  return listening(createSecureServer({ key: tlsFile('key.pem'), cert }, listener), 'https')
}

/** Gives each connection to `onConnection`: for answers that are no HTTP. */
export function serveTcp(onConnection: (socket: Socket) => void): Promise<LocalServer> {
  return listening(createTcpServer(onConnection), 'http')
}

/** Text of a file of the test's CA. */
export function tlsFile(name: string): string {
  return readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8')
}

async function listening(server: Server | TcpServer, scheme: string): Promise<LocalServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
