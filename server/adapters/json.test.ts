import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { nesting, parseJson } from './json.ts'
import { LookError } from './look-error.ts'

const target = { who: 'pg-node-2', system: 'Patroni', address: '10.0.1.11:8008' }

function kindOf(body: string): string {
  try {
    parseJson(body, z.object({ state: z.string() }), target)
    return 'good'
  } catch (error) {
    return error instanceof LookError ? error.kind : String(error)
  }
}

test.each([
  ['a good body', '{"state":"running","more":[{}]}', 'good'],
  ['a body cut off in an object', '{"state":"running","xlog":{"loc', 'unreachable'],
  ['a body cut off in a text that holds a bracket', '{"state":"a}', 'unreachable'],
  ['an empty body', '  ', 'empty-reply'],
  ['a page', '<!DOCTYPE HTML><html></html>', 'protocol'],
  ['plain text', 'Not Found', 'protocol'],
  ['NaN', '{"state":"running","lag":NaN}', 'protocol'],
  ['a list', '[]', 'protocol'],
  ['a wrong type', '{"state":7}', 'protocol'],
  ['a hundred thousand brackets', '['.repeat(100_000), 'protocol'],
  ['deep objects', `{"state":${'{"a":'.repeat(60)}1${'}'.repeat(60)}}`, 'protocol'],
  ['a prototype in disguise', '{"__proto__":{"state":"running"}}', 'protocol'],
])('%s is told as it is', (_, body, kind) => {
  expect(kindOf(body)).toBe(kind)
})

test('every proper beginning of a JSON object is seen as cut off, the whole never', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.json()), fc.nat(), (value, at) => {
      const text = JSON.stringify(value)
      expect(nesting(text).isCutOff).toBe(false)
      expect(nesting(text.slice(0, 1 + (at % (text.length - 1)))).isCutOff).toBe(true)
    }),
  )
})
