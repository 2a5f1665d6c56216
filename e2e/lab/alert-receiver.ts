import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'

interface Told {
  status: string
  labels: Record<string, string>
}

/** Where a webhook arrives; keeps every alert that it is told of, and by whom. */
export async function startReceiver() {
  const told: Told[] = []
  const authorizations: (string | undefined)[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { alerts }: { alerts: Told[] } = JSON.parse(body)
      told.push(...alerts)
      authorizations.push(request.headers.authorization)
      response.end('{}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    of: (ruleId: string) => told.filter(({ labels }) => labels['alertname'] === ruleId).map(({ status }) => status),
    /** The header of each message, the first first. */
    authorizations: () => [...authorizations],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
