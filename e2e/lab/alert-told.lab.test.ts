import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { labClusterName } from '../lab-cluster.ts'
import { until } from '../until.ts'
import { fillPool, otherRules, untilFiring, untilQuiet, untilResolved } from './alerting-lab.ts'
import { healLab, leaderOf, rest } from './watched-lab.ts'

interface Told {
  status: string
  labels: Record<string, string>
}

/** Where a webhook arrives; keeps every alert that it is told of. */
async function startReceiver() {
  const told: Told[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { alerts }: { alerts: Told[] } = JSON.parse(body)
      told.push(...alerts)
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
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('a full pool arrives at a receiver once, and once more when it is over', async () => {
  const leader = leaderOf(await healLab())
  await untilQuiet()
  await using receiver = await startReceiver()
  const channel = await rest.tellAt(labClusterName, receiver.url)
  try {
    // It must fire for longer than alerts of one cluster are gathered before they are told.
    await using _ = await otherRules({ 'pool-exhausted': { forSeconds: 4, keepFiringSeconds: 4 } })
    const clients = await fillPool(leader, 24)
    try {
      const alert = await untilFiring('pool-exhausted', ({ member }) => member === leader)
      const arrives = { what: 'the receiver is told of it', timeoutMs: 120_000 }
      await until(arrives, async () => receiver.of('pool-exhausted').length > 0)
      expect(receiver.of('pool-exhausted')).toEqual(['firing'])
      await clients[Symbol.asyncDispose]()
      await untilResolved(alert)
      const ends = { what: 'the receiver is told that it is over', timeoutMs: 120_000 }
      await until(ends, async () => receiver.of('pool-exhausted').includes('resolved'))
      expect(receiver.of('pool-exhausted')).toEqual(['firing', 'resolved'])
    } finally {
      await clients[Symbol.asyncDispose]()
    }
  } finally {
    await rest.tellNobody(channel)
  }
})
