import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** A port of this machine behind which requests are answered as Next hands them over. */
export async function listenWith(
  answer: (request: Request) => Promise<Response>,
): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing, answer))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const leaving = new AbortController()
  outgoing.on('close', () => leaving.abort())
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)])
  const chunks: Buffer[] = await incoming.toArray()
  const body = Buffer.concat(chunks)
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    signal: leaving.signal,
    ...(body.length > 0 && { body }),
  })
  try {
    const response = await answer(request)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    if (!response.body) outgoing.end()
    else for await (const chunk of response.body) outgoing.write(chunk)
    outgoing.end()
  } catch {
    outgoing.destroy()
  }
}
