import { expect, test } from 'vitest'
import { settingAmount, settingText } from './settings.ts'

test.each([
  ['16384', '8kB', 134_217_728, '128MB'],
  ['1500', 'kB', 1_536_000, '1500kB'],
  ['60', 's', 60, '60s'],
  ['30000', 'ms', 30, '30000ms'],
  ['-1', 'MB', -1, '-1'],
  ['0', '8kB', 0, '0'],
  ['10GB', 'MB', 10_737_418_240, '10GB'],
  ['on', null, null, 'on'],
  ['', null, null, 'empty'],
])('%s in %s is told as an amount and as it is written', (value, unit, amount, text) => {
  expect(settingAmount({ value, unit })).toBe(amount)
  expect(settingText({ value, unit })).toBe(text)
})
