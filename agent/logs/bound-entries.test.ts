import { expect, test } from 'vitest'
import { boundEntries } from './bound-entries.ts'

const entry = (atMs: number, text: string) => ({ atMs, level: 'ERROR', text })

test('the same within a minute is told once, with how often, whatever its place in memory was', () => {
  const { entries, leftOut } = boundEntries(
    [
      entry(61_000, 'a'),
      entry(1_000, '<C object at 0x7f01>: no'),
      entry(2_000, '<C object at 0x7f02>: no'),
      entry(59_000, 'a'),
    ],
    10,
  )
  expect(entries.map(({ atMs, text, times }) => [atMs, text, times])).toEqual([
    [1_000, '<C>: no', 2],
    [59_000, 'a', 1],
    [61_000, 'a', 1],
  ])
  expect(leftOut).toBe(0)
})

test('of too many the first and the last are told, and of too much as well', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => entry(n, `line ${n}`))
  const { entries, leftOut } = boundEntries(many, 5)
  expect(entries.map(({ text }) => text)).toEqual(['line 0', 'line 1', 'line 2', 'line 998', 'line 999'])
  expect(leftOut).toBe(995)
  const long = boundEntries(
    many.map(({ atMs }) => entry(atMs, `${atMs} ${'é'.repeat(5_000)}`)),
    500,
  )
  expect(Buffer.byteLength(JSON.stringify(long.entries))).toBeLessThan(400_000)
  expect(long.entries.length + long.leftOut).toBe(1_000)
})

test('a secret in a line is hidden', () => {
  const { entries } = boundEntries([entry(0, 'could not connect: host=a password=hush\npostgres://u:hush@h')], 5)
  expect(entries[0]?.text).toBe('could not connect: host=a password=[hidden]\npostgres://u:[hidden]@h')
})
