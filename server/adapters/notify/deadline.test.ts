import type { LookupAddress } from 'node:dns'
import { afterAll, expect, test } from 'vitest'
import type { ChannelSettings } from '#domain/alerts/notify/channel.ts'
import '#tools/testing/reach-loopback.ts'
import { setReach, type Resolve } from '../reach/guard.ts'
import { usualNetworks } from '../reach/reach.ts'
import { serveTcp } from '../testing/local-server.ts'
import { send } from './send.ts'

const loopback: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }]
const resolvingBy = (resolve: Resolve) => setReach({ networks: [...usualNetworks, '127.0.0.0/8'], own: [] }, resolve)
afterAll(() => resolvingBy(async () => loopback))

const hook = (port: number): ChannelSettings => ({
  kind: 'webhook',
  url: `http://hooks.example.org:${port}`,
  user: null,
  caPem: null,
})
const mail = (port: number): ChannelSettings => ({
  kind: 'email',
  host: 'mail.example.org',
  port,
  security: 'starttls',
  isPlainAllowed: false,
  user: null,
  from: 'matriarch@example.org',
  to: ['dba@example.org'],
  zone: 'UTC',
  caPem: null,
})
const tell = (settings: ChannelSettings) =>
  send({ name: 'on-call', settings, secret: null, timeoutMs: 200 }, { told: [], consoleUrl: null, now: new Date() }, 1)

test.each([hook(80), mail(25)])('a name that is looked up for ever does not hold up a $kind', async (settings) => {
  resolvingBy(() => new Promise(() => {}))
  const problem = expect.stringContaining('was not found within 0.2 s')
  expect(await tell(settings)).toMatchObject({ kind: 'later', problem })
})

test.each([hook, mail])(
  'a receiver that says nothing is left at the deadline, the look-up of its name included',
  async (of) => {
    resolvingBy(() => new Promise((resolve) => setTimeout(resolve, 50, loopback)))
    let isClosed = false
    await using server = await serveTcp((socket) => {
      socket.resume()
      if (of === mail) socket.write('220 mail.example.org ESMTP\r\n')
      socket.on('close', () => (isClosed = true))
    })
    const problem = expect.stringMatching(/did not answer (on .* within|in time)/)
    expect(await tell(of(server.port))).toMatchObject({ kind: 'later', problem })
    await expect.poll(() => isClosed).toBe(true)
  },
)
