import type { IncomingMessage, ServerResponse } from 'node:http'
import { serveHttp } from '#server/adapters/testing/local-server.ts'

/** A receiver that keeps what it gets and answers as `answer` says. */
export async function serveReceiver(answer: (request: IncomingMessage, response: ServerResponse, n: number) => void) {
  const got: { body: Record<string, any>; headers: IncomingMessage['headers'] }[] = [] // eslint-disable-line typescript/no-explicit-any
  const server = await serveHttp((request, response) => {
    let text = ''
    request.on('data', (chunk) => (text += String(chunk)))
    request.on('end', () => {
      got.push({ body: text === '' ? {} : JSON.parse(text), headers: request.headers })
      answer(request, response, got.length)
    })
  })
  return { ...server, got, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}

/** Accepts all. */
export const ok = (_: IncomingMessage, response: ServerResponse) => response.end('ok')
