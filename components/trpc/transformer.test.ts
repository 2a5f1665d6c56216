import fc from 'fast-check'
import superjson from 'superjson'
import { expect, test } from 'vitest'
import { takeSnapshot } from '#domain/snapshot/snapshot-of.ts'
import { readingsOf } from '#domain/testing/readings-of.ts'
import { healthyWorld } from '#domain/testing/world.ts'
import { transformer } from './transformer.ts'

const leaf = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.double(),
  fc.constant(null),
  fc.constant(undefined),
  fc.date({ noInvalidDate: true }),
)
const key = fc
  .oneof(fc.string(), fc.constantFrom('a.b', String.raw`a\b`, '.', '', '0'))
  .filter((name) => !forbidden.has(name))
const { value: anything } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

/** superjson refuses them, and so do the procedures. */
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** As it comes over the wire. */
function sent(value: unknown) {
  return JSON.parse(JSON.stringify(value))
}

test('whatever the server writes is read as it was', () => {
  const read = fc.property(anything, (value) => {
    expect(transformer.deserialize(sent(superjson.serialize(value)))).toEqual(value)
  })
  fc.assert(read)
})

test('whatever the page writes is read by the server as it was', () => {
  const finite = fc.property(anything, (value) => {
    fc.pre(!JSON.stringify(superjson.serialize(value)).includes('"number"'))
    expect(superjson.deserialize(sent(transformer.serialize(value)))).toEqual(value)
  })
  fc.assert(finite)
})

test('a snapshot survives the way', () => {
  const at = new Date('2026-11-23T12:00:00.000Z')
  const snapshot = takeSnapshot(null, readingsOf(healthyWorld(at)), at)
  expect(transformer.deserialize(sent(superjson.serialize(snapshot)))).toEqual(snapshot)
})

test('a kind of value it does not know is an error, never a wrong value', () => {
  expect(() => transformer.deserialize(sent(superjson.serialize({ members: new Set(['a']) })))).toThrow(
    /kind this page does not know/,
  )
})

test('a path that leads nowhere, or to what every object has, changes nothing', () => {
  const told = {
    json: { a: 1 },
    meta: { values: { 'b.c': ['Date'], '__proto__.x': ['Date'], toString: ['Date'] }, v: 1 as const },
  }
  expect(transformer.deserialize(told)).toEqual({ a: 1 })
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})
