import { Secret, URI } from 'otpauth'
import { expect, test } from 'vitest'
import { makeSecret, secretUri } from './make-secret.ts'

test('a secret has 160 bits and is another one each time', () => {
  const secret = makeSecret()
  expect(Secret.fromBase32(secret).bytes).toHaveLength(20)
  expect(makeSecret()).not.toBe(secret)
})

test('an app reads the same secret and whose it is from the address', () => {
  const secret = makeSecret()
  const read = URI.parse(secretUri(secret, 'anna+ops@example.org'))
  expect(read.secret.base32).toBe(secret)
  expect([read.issuer, read.label]).toEqual(['Matriarch', 'anna+ops@example.org'])
})
