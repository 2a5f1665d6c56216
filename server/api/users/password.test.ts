import { expect, test } from 'vitest'
import { holdsAddress } from './password.ts'

test.each([
  ['jo@example.org', 'major-journey-12', false],
  ['jo@example.org', 'my JO@example.org!', true],
  ['jolanda@example.org', 'hello-Jolanda-12', true],
  ['jolanda@example.org', 'hello-jo-landa-12', false],
])('of %s the password %s holds the address: %s', (email, password, isHeld) => {
  expect(holdsAddress(password, email)).toBe(isHeld)
})
