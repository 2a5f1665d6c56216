import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { statusAnswer } from '#agent/protocol/status.ts'
import { verbs } from '#agent/protocol/verbs.ts'
import { mostNonces } from '#agent/state/nonce-journal.ts'
import { type TestAgent, testAgent } from '#agent/testing/test-agent.ts'
import { testConsole, type TestRequest } from '#agent/testing/test-console.ts'

const runs = 10_000
const atOnce = 16
const stranger = testConsole()

test(`${runs} changed requests are all refused, and the agent is well afterwards`, { timeout: 120_000 }, async () => {
  await using agent = await testAgent({ vetoed: ['patroni-mask'], isLenient: true })
  const first = agent.verb('patroni-stop', {})
  expect((await agent.client.send(first)).status).toBe(200)
  const heapBefore = process.memoryUsage().heapUsed

  const changes = fc.sample(change, { numRuns: runs, seed: 20_260_101 })
  const passed: unknown[] = []
  await inParallel(changes, async (made) => {
    const { status } = await agent.client.send(requestOf(made, agent, first))
    if (status < 400 || status >= 500) passed.push({ made, status })
  })

  expect(passed).toEqual([])
  expect(agent.performed).toEqual(['patroni-stop'])
  const { refusals } = statusAnswer.parse((await agent.client.send(agent.status(0))).body)
  expect(refusals).toHaveLength(50)
  expect((await agent.client.send(agent.verb('patroni-start', {}))).status).toBe(200)
  expect(agent.running().strangers.size).toBeLessThanOrEqual(10)
  expect(agent.running().state.nonces.size).toBeLessThan(mostNonces)
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(150_000_000)
})

const place = fc.nat(10_000)
const sign = fc.constantFrom(...'abcXYZ019-_=+/":;,.'.split(''))
const verbName = fc.constantFrom(...Object.keys(verbs))

/** What may be wrong: on the line, where nobody who has no key can help it, and in what a console with the key signed. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant<'method'>('method'),
    method: fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'),
  }),
  fc.record({ kind: fc.constant<'path'>('path'), place, sign: fc.constantFrom(...'abz09-_/.%?&~'.split('')) }),
  fc.record({ kind: fc.constant<'header'>('header'), place, at: place, sign }),
  fc.record({ kind: fc.constant<'header-gone'>('header-gone'), place }),
  fc.record({ kind: fc.constant<'body'>('body'), bytes: fc.uint8Array({ maxLength: 200 }) }),
  fc.record({ kind: fc.constant<'body-bit'>('body-bit'), place, bit: fc.nat(7) }),
  fc.record({ kind: fc.constant<'signature-bit'>('signature-bit'), place: fc.nat(63), bit: fc.nat(7) }),
  fc.record({ kind: fc.constant<'signer'>('signer') }),
  fc.record({ kind: fc.constant<'replay'>('replay') }),
  fc.record({ kind: fc.constant<'epoch'>('epoch'), epoch: fc.integer({ min: -1, max: 6 }) }),
  fc.record({ kind: fc.constant<'audience'>('audience'), audience: fc.uuid() }),
  fc.record({
    kind: fc.constant<'time'>('time'),
    createdIn: fc.oneof(fc.integer({ min: -9_000, max: -62 }), fc.integer({ min: 33, max: 9_000 })),
  }),
  fc.record({
    kind: fc.constant<'life'>('life'),
    lifeSeconds: fc.oneof(fc.integer({ min: -100, max: 0 }), fc.integer({ min: 61, max: 9_000 })),
  }),
  fc.record({ kind: fc.constant<'verb'>('verb'), name: fc.stringMatching(/^[a-z]{1,20}$/) }),
  fc.record({ kind: fc.constant<'args'>('args'), name: verbName, args: fc.jsonValue({ maxDepth: 2 }) }),
  fc.record({ kind: fc.constant<'vetoed'>('vetoed') }),
)

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function requestOf(made: Change, agent: TestAgent, first: TestRequest): TestRequest {
  const good = agent.verb('pgbackrest-check', { stanza: 'main' })
  switch (made.kind) {
    case 'method':
      return { ...good, method: made.method }
    case 'path':
      return { ...good, path: `/${changed(good.path.slice(1), made.place, made.sign)}` }
    case 'header': {
      const [name, value] = headerAt(good, made.place)
      return { ...good, headers: { ...good.headers, [name]: changed(value, made.at, made.sign) } }
    }
    case 'header-gone': {
      const [name] = headerAt(good, made.place)
      return { ...good, headers: Object.fromEntries(Object.entries(good.headers).filter(([other]) => other !== name)) }
    }
    case 'body':
      return { ...good, body: Buffer.from(made.bytes) }
    case 'body-bit':
      return { ...good, body: flipped(good.body, made.place, made.bit) }
    case 'signature-bit': {
      const encoded = /^matriarch=:(.*):$/.exec(good.headers['signature'] ?? '')?.[1] ?? ''
      const signature = flipped(Buffer.from(encoded, 'base64'), made.place, made.bit).toString('base64')
      return { ...good, headers: { ...good.headers, signature: `matriarch=:${signature}:` } }
    }
    case 'signer':
      return agent.verb('patroni-stop', {}, { by: stranger })
    case 'replay':
      return first
    case 'epoch':
      return agent.verb('patroni-stop', {}, { binding: { epoch: made.epoch } })
    case 'audience':
      return agent.verb('facts', {}, { binding: { audience: made.audience } })
    case 'time':
      return agent.verb('facts', {}, { createdIn: made.createdIn })
    case 'life':
      return agent.verb('facts', {}, { lifeSeconds: made.lifeSeconds })
    case 'verb':
      return agent.verb(`${made.name}x`, {})
    case 'args':
      // One key more than the verb knows: refused whatever else is right.
      return agent.verb(made.name, { [randomUUID()]: made.args })
    case 'vetoed':
      return agent.verb('patroni-mask', {})
  }
}

function headerAt({ headers }: TestRequest, place: number): [string, string] {
  const all = Object.entries(headers)
  return all[place % all.length] ?? ['signature', '']
}

/** The same text with another character at one place. */
function changed(text: string, place: number, sign: string): string {
  const at = place % text.length
  const instead = text[at] === sign ? '!' : sign
  return text.slice(0, at) + instead + text.slice(at + 1)
}

function flipped(bytes: Buffer, place: number, bit: number): Buffer {
  const copy = Buffer.from(bytes)
  const at = place % copy.length
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << bit), at)
  return copy
}

async function inParallel<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const left = all.values()
  const lane = async () => {
    for (const one of left) await act(one)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
