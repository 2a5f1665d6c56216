import { createHook } from 'node:async_hooks'
import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import '#tools/testing/reach-loopback.ts'
import { serveHttp, serveTcp, type LocalServer } from '../testing/local-server.ts'
import { outOfReach, setReach } from './guard.ts'
import { judgeReach, usualNetworks } from './reach.ts'
import { doors, type Door } from './testing/doors.ts'

/** What the names of the test lead to; numbers are read as the system reads them. */
const names: Record<string, string[]> = {
  localhost: ['127.0.0.1', '::1'],
  'metadata.google.internal': ['169.254.169.254'],
  'store.example.org': ['10.9.9.9'],
  'inside.example.org': ['127.0.0.1'],
  'both.example.org': ['10.0.0.1', '127.0.0.1'],
  'localtest.example.org': ['::1'],
  'mapped.example.org': ['::ffff:127.0.0.1'],
  'zone.example.org': ['fe80::1%eth0'],
  'link.example.org': ['169.254.10.20'],
}

async function resolve(host: string): Promise<LookupAddress[]> {
  const known = names[host.replace(/\.$/, '')]
  if (known) return known.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  if (/^[0-9a-fx.]+$/i.test(host)) return lookup(host, { all: true })
  throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })
}

// As a person would type the host, and where it leads.
const targets: readonly [string, string, number?][] = [
  ['this machine', '127.0.0.1'],
  ['another of its addresses', '127.8.9.10'],
  ['its end', '127.255.255.254'],
  ['this machine by name', 'localhost'],
  ['with a dot at the end', 'localhost.'],
  ['its address with a dot at the end', '127.0.0.1.'],
  ['decimal', '2130706433'],
  ['octal', '0177.0.0.1'],
  ['octal of one number', '017700000001'],
  ['hexadecimal', '0x7f.0.0.1'],
  ['hexadecimal of one number', '0x7f000001'],
  ['two parts', '127.1'],
  ['three parts', '127.0.1'],
  ['mixed', '0x7f.0.1'],
  ['full-width digits and dots', '１２７。０。０。１'],
  ['circled digits', '①②⑦.⓪.⓪.①'],
  ['halfwidth dots', '127｡0｡0｡1'],
  ['its user is another host', '10.0.0.1@127.0.0.1'],
  ['this machine by IPv6', '[::1]'],
  ['IPv6 spelt out', '[0:0:0:0:0:0:0:1]'],
  ['IPv4 mapped', '[::ffff:127.0.0.1]'],
  ['IPv4 mapped, hexadecimal', '[::ffff:7f00:1]'],
  ['IPv4 compatible', '[::127.0.0.1]'],
  ['IPv4 translated', '[::ffff:0:127.0.0.1]'],
  ['NAT64', '[64:ff9b::7f00:1]'],
  ['NAT64 of metadata', '[64:ff9b::a9fe:a9fe]'],
  ['local NAT64', '[64:ff9b:1::7f00:1]'],
  ['6to4', '[2002:7f00:1::]'],
  ['Teredo', '[2001:0:7f00:1::1]'],
  ['nobody', '0.0.0.0'],
  ['nobody, short', '0'],
  ['this network', '0.1.2.3'],
  ['nobody by IPv6', '[::]'],
  ['metadata', '169.254.169.254'],
  ['metadata, decimal', '2852039166'],
  ['metadata, hexadecimal', '0xa9fea9fe'],
  ['metadata, mapped', '[::ffff:169.254.169.254]'],
  ['metadata by name', 'metadata.google.internal'],
  ['metadata of tasks', '169.254.170.2'],
  ['metadata of Amazon by IPv6', '[fd00:ec2::254]'],
  ['metadata of Google by IPv6', '[fd20:ce::254]'],
  ['metadata of Alibaba', '100.100.100.200'],
  ['the host of Azure', '168.63.129.16'],
  ['metadata of Oracle', '192.0.0.192'],
  ['link-local', '169.254.1.1'],
  ['link-local by IPv6', '[fe80::1]'],
  ['multicast', '224.0.0.1'],
  ['multicast by IPv6', '[ff02::1]'],
  ['broadcast', '255.255.255.255'],
  ['reserved', '240.0.0.1'],
  ['the own store by address', '10.9.9.9', 5432],
  ['the own store, mapped', '[::ffff:10.9.9.9]', 5432],
  ['the own store by name', 'store.example.org', 5432],
  ['the own web process', '10.9.9.8', 4400],
  ['a name of this machine', 'inside.example.org'],
  ['a name of this machine by IPv6', 'localtest.example.org'],
  ['a name of a mapped address', 'mapped.example.org'],
  ['a name of an address with a zone', 'zone.example.org'],
  ['a name of a link-local address', 'link.example.org'],
  ['a name that leads here and elsewhere', 'both.example.org'],
]

let silent: LocalServer
let connections = 0
/** Every connection that this process begins, and every datagram that it sends, whoever takes it. */
let begun = 0
const hook = createHook({
  init(_, type) {
    if (type === 'TCPCONNECTWRAP' || type === 'PIPECONNECTWRAP' || type === 'UDPSENDWRAP') begun++
  },
})
beforeAll(async () => {
  silent = await serveTcp(() => connections++)
})
afterAll(async () => {
  hook.disable()
  await silent[Symbol.asyncDispose]()
})

const own = [
  { addresses: ['10.9.9.9'], port: 5432 },
  { addresses: ['10.9.9.8'], port: 4400 },
]
beforeEach(() => setReach({ networks: usualNetworks, own }, resolve))
afterEach(() => {
  setReach({ networks: [...usualNetworks, '127.0.0.0/8', '::1'], own: [] })
})

describe.each(doors)('$name', (door) => {
  test('refuses every address out of reach in one and the same sentence, and opens no connection', async () => {
    hook.enable()
    begun = 0
    for (const [what, typed, port = silent.port] of targets) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a connection has its culprit
      for (const sentence of await sentencesOf(door, typed, port))
        expect.soft(sentence, what).toBe(expected(door, typed))
      expect.soft(begun, what).toBe(0)
    }
    expect(connections).toBe(0)
    hook.disable()
  })

  test('says the same of a port where something listens, one where nothing does, and a host that does not answer', async () => {
    const closed = await serveTcp(() => {})
    await closed[Symbol.asyncDispose]()
    const places: [string, number][] = [
      ['127.0.0.1', silent.port],
      ['127.0.0.1', closed.port],
      ['169.254.77.77', 80],
    ]
    const told = await Promise.all(places.map(([host, port]) => sentencesOf(door, host, port)))
    expect(new Set(told.flat()).size).toBe(1)
    expect(told.flat()[0]).toEqual(expected(door))
  })
})

test('there are forty targets and more', () => {
  expect(targets.length).toBeGreaterThanOrEqual(40)
})

test.each(doors.filter(({ name }) => name !== 'witness by syslog over UDP'))(
  '$name connects to what the name led to when it was judged, whatever it leads to later',
  async (door) => {
    await using allowed = await listenAt('127.0.0.2')
    await using victim = await listenAt('127.0.0.1', allowed.port)
    let asked = 0
    const rebinding = async () => [{ address: ++asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]
    setReach({ networks: [...usualNetworks, '127.0.0.2'], own: [] }, rebinding)
    const host = 'rebind.example.org'
    await door.sentenceOf({ url: `http://${host}:${allowed.port}/`, host, port: allowed.port })
    expect(allowed.connections()).toBeGreaterThan(0)
    expect(victim.connections()).toBe(0)
  },
)

test('a datagram goes to what the name led to when it was judged', async () => {
  const socket = createSocket('udp4')
  await new Promise<void>((done) => socket.bind(0, '127.0.0.2', done))
  const heard = new Promise<string>((done) => socket.once('message', (bytes) => done(bytes.toString())))
  let asked = 0
  const rebinding = async () => [{ address: ++asked === 1 ? '127.0.0.2' : '127.0.0.1', family: 4 }]
  setReach({ networks: ['127.0.0.2'], own: [] }, rebinding)
  const port = socket.address().port
  await udp().sentenceOf({ url: `http://rebind.example.org:${port}/`, host: '', port })
  expect(await heard).toContain('matriarch')
  socket.close()
  expect(asked).toBe(1)
})

test.each(doors.filter(({ takes, name }) => takes === 'url' && !name.includes('syslog')))(
  '$name does not follow a redirect to this machine',
  async (door) => {
    await using victim = await listenAt('127.0.0.1')
    await using redirecting = await serveHttp((_, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${victim.port}/` }).end('secret of 127.0.0.1')
    })
    setReach({ networks: ['127.0.0.0/8'], own: [] })
    const sentence = await door.sentenceOf({ url: redirecting.url, host: '127.0.0.1', port: redirecting.port })
    expect(victim.connections()).toBe(0)
    expect(sentence).not.toContain('secret of')
  },
)

const channels = ['webhook', 'Slack', 'PagerDuty', 'heartbeat', 'mail server']

test.each(channels)('%s does not tell what something inside the network answers', async (name) => {
  await using inside = await serveTcp((socket) => {
    socket.end('HTTP/1.1 400 No\r\ncontent-length: 20\r\n\r\ncanary of the inside')
  })
  setReach({ networks: ['127.0.0.1'], own: [] })
  const door = doors.find((each) => each.name === name)
  const sentence = await door?.sentenceOf({ url: inside.url, host: '127.0.0.1', port: inside.port })
  expect(sentence).not.toMatch(/canary|HTTP/)
})

test('what an administrator names is reached, what he does not name is not', () => {
  const mayReach = judgeReach({ networks: ['10.1.0.0/16', '127.0.0.5', 'fd12::/16'], own: [] })
  expect(['10.1.2.3', '127.0.0.5', 'fd12::1', '::ffff:10.1.2.3'].map((address) => mayReach(address, 80))).not.toContain(
    false,
  )
  expect(['10.2.0.1', '127.0.0.1', '8.8.8.8', 'fd13::1', '::1'].map((address) => mayReach(address, 80))).not.toContain(
    true,
  )
})

test('a network that holds this machine among others does not open it, and none opens metadata', () => {
  const mayReach = judgeReach({ networks: ['0.0.0.0/0', '::/0', '169.254.0.0/16', '64.0.0.0/2'], own: [] })
  expect(mayReach('203.0.113.7', 443)).toBe(true)
  expect(mayReach('169.254.1.1', 80)).toBe(true)
  expect(
    ['127.0.0.1', '::1', '169.254.169.254', '0.0.0.0', '224.0.0.1'].map((address) => mayReach(address, 80)),
  ).toEqual(Array(5).fill(false))
})

test('the own store stays shut where this machine may be reached, by whichever of its addresses', () => {
  const mayReach = judgeReach({ networks: ['127.0.0.0/8', '::1'], own: [{ addresses: ['127.0.0.1'], port: 5432 }] })
  expect([mayReach('127.0.0.1', 5432), mayReach('127.9.9.9', 5432), mayReach('::1', 5432)]).toEqual(
    Array(3).fill(false),
  )
  expect(mayReach('127.0.0.1', 8008)).toBe(true)
})

async function sentencesOf(door: Door, typed: string, port: number): Promise<string[]> {
  const url = `http://${typed}:${port}/`
  const bare = typed.replace(/^\[(.*)\]$/, '$1')
  // A host is typed as part of an address too: it then comes as the platform reads it.
  const hosts = door.takes === 'url' ? [''] : [...new Set([bare, new URL(url).hostname.replace(/^\[(.*)\]$/, '$1')])]
  const sentences: string[] = []
  for (const host of hosts) {
    // A mail server's host in other letters is refused as it is typed.
    if (door.name === 'mail server' && !/^[A-Za-z0-9.:_-]*$/.test(host)) continue
    // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a connection has its culprit
    sentences.push(withoutTyped(await door.sentenceOf({ url, host, port })))
  }
  return sentences
}

// A witness says first who did not take the checkpoint: that was typed.
function withoutTyped(sentence: string): string {
  return sentence.replace(/^.* did not take the checkpoint: /, 'It did not take the checkpoint: ')
}

function expected({ name }: Door, typed = ''): string {
  // A channel takes no address with a user in it at all.
  if (typed.includes('@') && channels.includes(name) && name !== 'mail server')
    return `${name} has no address: type it again.`
  return name.startsWith('witness') ? `It did not take the checkpoint: ${outOfReach}` : outOfReach
}

function udp(): Door {
  const found = doors.find(({ name }) => name.endsWith('UDP'))
  if (!found) throw new Error('There is no such door.')
  return found
}

async function listenAt(host: string, port = 0) {
  let count = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    count++
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => socket.destroy())
    setTimeout(() => socket.destroy(), 300).unref()
  })
  await new Promise<void>((done) => server.listen(port, host, done))
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    connections: () => count,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((done) => server.close(done))
    },
  }
}
