import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LookError } from './look-error.ts'
import { parseHaproxyDetail } from './haproxy/parse-detail.ts'
import { parseHaproxy } from './haproxy/parse.ts'
import type { Target } from './target.ts'
import { fixture } from './testing/fixture.ts'
import { parseClusterView } from './patroni/parse-cluster.ts'
import { parseConfig } from './patroni/parse-config.ts'
import { parseHistory } from './patroni/parse-history.ts'
import { parseStatus } from './patroni/parse-status.ts'

const target = { who: 'pg-node-2', system: 'Patroni', address: '10.0.1.11:8008' }

const parsers: [string, (body: string, target: Target) => unknown, string][] = [
  ['status', parseStatus, fixture('patroni/fixtures/3.3.8-pending-restart-patroni.json')],
  ['cluster', parseClusterView, fixture('patroni/fixtures/4.1.4-cluster.json')],
  ['config', parseConfig, fixture('patroni/fixtures/4.0.7-quorum-config.json')],
  ['history', parseHistory, fixture('patroni/fixtures/3.0.2-history.json')],
  ['haproxy', parseHaproxy, fixture('haproxy/fixtures/2.6.12.csv')],
  ['haproxy detail', parseHaproxyDetail, fixture('haproxy/fixtures/2.6.12-states.csv')],
]

/** Parses or tells a problem; what is parsed can be kept by Postgres and read back. */
function parseAny(parse: (body: string, target: Target) => unknown, body: string): void {
  try {
    const kept = JSON.stringify(parse(body, target))
    expect(kept).not.toMatch(/\\u0000|\\ud[89a-f]/i)
    expect(kept).not.toContain('"__proto__":')
  } catch (error) {
    if (!(error instanceof LookError)) throw error
  }
  expect(Object.keys(Object.prototype)).toEqual([])
}

/** True when no value of the arbitrary breaks the parser. */
function survives(parse: (body: string, target: Target) => unknown, bodies: fc.Arbitrary<string>): boolean {
  fc.assert(fc.property(bodies, (body) => parseAny(parse, body)))
  return true
}

const word = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', '\u0000', '\ud800', ''),
)
const junk = fc.oneof(
  word,
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(word),
  fc.dictionary(word, fc.jsonValue()),
)

test.each(parsers)('the %s parser survives any text', (_, parse) => {
  expect(survives(parse, fc.string({ unit: 'binary' }))).toBe(true)
})

test.each(parsers)('the %s parser survives any JSON', (_, parse) => {
  expect(survives(parse, fc.json())).toBe(true)
})

test.each(parsers)('the %s parser survives a recorded answer with bytes changed or cut', (_, parse, recorded) => {
  const text = fc.oneof(word, fc.constantFrom('{', '"', ',', '9e999', '[[['))
  const change = fc.record({ at: fc.nat(recorded.length), length: fc.nat(5), text })
  const bodies = fc
    .tuple(fc.array(change, { maxLength: 3 }), fc.nat(recorded.length * 2))
    .map(([changes, cutAt]) =>
      changes.reduce(
        (body, { at, length, text: put }) => body.slice(0, at) + put + body.slice(at + length),
        recorded.slice(0, cutAt),
      ),
    )
  expect(survives(parse, bodies)).toBe(true)
})

test.each(parsers.slice(0, 3))(
  'the %s parser survives a recorded answer with any field replaced',
  (_, parse, recorded) => {
    const whole = toObject(recorded)
    const bodies = fc
      .tuple(fc.constantFrom(...Object.keys(whole)), junk)
      .map(([field, value]) => JSON.stringify({ ...whole, [field]: value }))
    expect(survives(parse, bodies)).toBe(true)
  },
)

function toObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
