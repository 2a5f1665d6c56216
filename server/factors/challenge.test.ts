import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isChallenge, makeChallenge, proofChallenge } from './challenge.ts'

const now = new Date('2026-11-26T12:00:00Z')
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test('a challenge is good for its own use, with its own secret, for ten minutes', () => {
  const challenge = makeChallenge('secret', 'enter', now)
  expect(isChallenge('secret', 'enter', challenge, later(599))).toBe(true)
  expect(isChallenge('secret', 'enter', challenge, later(601))).toBe(false)
  expect(isChallenge('secret', 'step-up', challenge, now)).toBe(false)
  expect(isChallenge('another', 'enter', challenge, now)).toBe(false)
  expect(makeChallenge('secret', 'enter', now)).not.toBe(challenge)
})

test('no other text passes for a challenge', () => {
  const any = fc.property(fc.string(), (text) => {
    expect(isChallenge('secret', 'enter', text, now)).toBe(false)
  })
  fc.assert(any)
  const made = Buffer.from(makeChallenge('secret', 'enter', now), 'base64url')
  const flipped = fc.property(fc.nat(made.length - 1), fc.integer({ min: 1, max: 255 }), (at, bits) => {
    const changed = Buffer.from(made)
    changed[at] = (changed[at] ?? 0) ^ bits
    expect(isChallenge('secret', 'enter', changed.toString('base64url'), now)).toBe(false)
  })
  fc.assert(flipped)
})

test('proofs of different acts, people, nonces or times never share a challenge', () => {
  const act = fc.tuple(fc.string(), fc.string(), fc.string(), fc.string(), fc.nat())
  const challenge = ([userId, purpose, subject, nonce, at]: [string, string, string, string, number]) =>
    proofChallenge({ userId, purpose, subject }, nonce, at)
  const property = fc.property(act, act, (one, other) => {
    fc.pre(JSON.stringify(one) !== JSON.stringify(other))
    expect(challenge(one)).not.toBe(challenge(other))
  })
  fc.assert(property)
})
