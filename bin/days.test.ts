import { expect, test } from 'vitest'
import { readDays } from './days.ts'

test.each([
  ['90d', 90],
  ['1', 1],
  ['3650d', 3650],
  ['never', null],
])('%s is read as days', (text, days) => {
  expect(readDays(text)).toBe(days)
})

test.each(['', '0d', '3651d', '90 days', '-1d', 'for ever'])('%s is refused with what would do', (text) => {
  expect(() => readDays(text)).toThrow('--expires is days such as 90d')
})
