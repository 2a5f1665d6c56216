import { expect, test } from 'vitest'
import { tellsStreaming, waitsBeforeHandover } from './patroni-version.ts'

test.each([
  ['3.0.2', false],
  ['3.0.4', true],
  ['3.1.0', true],
  ['4.1.4', true],
  ['2.1.7', false],
  [null, true],
  ['unknown', true],
])('Patroni %s tells streaming: %s', (version, tells) => {
  expect(tellsStreaming(version)).toBe(tells)
})

test.each([
  ['3.2.2', false],
  ['3.3.0', true],
  ['4.0.7', true],
])('Patroni %s waits before the handover: %s', (version, waits) => {
  expect(waitsBeforeHandover(version)).toBe(waits)
})
