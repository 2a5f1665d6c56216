import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LookError } from '../look-error.ts'
import type { Target } from '../target.ts'
import { fixture } from '../testing/fixture.ts'
import { parseFailure } from './parse-error.ts'
import { parseInfo } from './parse-info.ts'
import { parseProgressText } from './parse-progress.ts'
import { parseRepoLs } from './parse-repo-ls.ts'

const target = { who: 'pg-node-1', system: 'pgBackRest', address: '10.0.1.10:8009' }
const of = { repository: 1, archiveId: '15-1' }
const recorded = (name: string): string => fixture(`pgbackrest/fixtures/2.45-${name}`)

const parsers: [string, (body: string, target: Target) => unknown, string][] = [
  ['info', parseInfo, recorded('info-timelines.json')],
  ['repo-ls', (body, from) => parseRepoLs(body, of, from), recorded('repo-ls-promoted.json')],
  ['error', (body) => parseFailure(1, body), recorded('error-095.txt')],
  ['progress', parseProgressText, recorded('info-running.txt')],
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

/** Any code units, also halves of a pair. */
const anyText = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))

test.each(parsers)('the %s parser survives any text', (_, parse) => {
  expect(survives(parse, anyText)).toBe(true)
})

test.each(parsers)('the %s parser survives any JSON', (_, parse) => {
  expect(survives(parse, fc.json())).toBe(true)
})

test.each(parsers)('the %s parser survives a recorded answer that is cut and patched', (_, parse, body) => {
  const places = fc.tuple(fc.nat({ max: body.length }), fc.nat({ max: 40 }))
  const patch = fc.oneof(anyText, fc.constantFrom('null', '-1', '1e308', '"__proto__":', '\u0000', '[]'))
  const bodies = fc
    .tuple(places, patch)
    .map(([[from, length], text]) => body.slice(0, from) + text + body.slice(from + length))
  expect(survives(parse, bodies)).toBe(true)
})
