import { expect, test } from 'vitest'
import { clockOf, stampOf, stampSource, type Stamp } from './stamp.ts'

const hourMs = 3_600_000
const noonMs = Date.UTC(2026, 10, 26, 12)

function stamp(text: string): Stamp | null {
  return stampOf((new RegExp(stampSource).exec(text) ?? []).slice(1))
}

/** A machine whose zone is an hour east of UTC. */
const inBerlin = (clockMs: number) => clockMs - hourMs

test('a time is read with its fraction and its zone, and is never taken from a level', () => {
  expect(stamp('2026-11-26 12:00:00.469 UTC [421]')).toEqual({ clockMs: noonMs + 469, zone: 'UTC' })
  expect(stamp('2026-11-26 12:00:00,830 INFO: x')).toEqual({ clockMs: noonMs + 830, zone: null })
  expect(stamp('2026-11-26 12:00:00 ERROR: x')).toEqual({ clockMs: noonMs, zone: null })
  expect(stamp('2026-11-26 12:00:00.1 +0530 [1]')).toEqual({ clockMs: noonMs + 100, zone: '+0530' })
  expect(stamp('2026-11-26T12:00:00.123456Z')).toEqual({ clockMs: noonMs + 123, zone: 'Z' })
  expect(stamp('2026-99-26 12:00:00')).toBeNull()
})

test.each([
  ['UTC', noonMs],
  ['GMT', noonMs],
  ['+03', noonMs - 3 * hourMs],
  ['-0330', noonMs + 3.5 * hourMs],
])('%s means what it says, whatever the file and the machine say', (zone, expected) => {
  const clock = clockOf({ clockMs: noonMs, zone: null }, noonMs - 5 * hourMs, inBerlin)
  expect(clock({ clockMs: noonMs, zone })).toBe(expected)
})

test('a zone that is told by a few letters, or not at all, is that by which the last line fits the time of the file', () => {
  for (const zone of ['IST', null]) {
    const inIndia = clockOf({ clockMs: noonMs, zone }, noonMs - 5.5 * hourMs + 800, inBerlin)
    expect(inIndia({ clockMs: noonMs - 1000, zone })).toBe(noonMs - 5.5 * hourMs - 1000)
  }
})

test('where the machine agrees with the file its own zone is taken, with all its summers', () => {
  const changes = (clockMs: number) => clockMs - (clockMs < noonMs - 1000 ? 2 : 1) * hourMs
  const clock = clockOf({ clockMs: noonMs, zone: 'CET' }, noonMs - hourMs + 5, changes)
  expect(clock({ clockMs: noonMs - 2000, zone: 'CEST' })).toBe(noonMs - 2000 - 2 * hourMs)
})

test('a file whose time fits no zone leaves the machine its own', () => {
  for (const changedAtMs of [noonMs - 400_000, noonMs - 40 * hourMs]) {
    expect(clockOf({ clockMs: noonMs, zone: null }, changedAtMs, inBerlin)({ clockMs: noonMs, zone: null })).toBe(
      noonMs - hourMs,
    )
  }
})
