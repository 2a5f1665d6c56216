import { expect, test } from 'vitest'
import { readAmount, writeAmount } from './amount.ts'
import { alertRules } from './catalogue/catalogue.ts'

test.each([
  [300, 'seconds', '5 min'],
  [90, 'seconds', '90 s'],
  [0, 'seconds', '0 s'],
  [86_400, 'seconds', '1 d'],
  [67_108_864, 'bytes', '64 MiB'],
  [1_000_000, 'bytes', '1 MB'],
  [0.9, 'ratio', '90 %'],
  [1500, 'ms', '1500 ms'],
  [3, 'count', '3'],
])('%d %s is written %s, and read back', (value, unit, text) => {
  expect(writeAmount(value, unit)).toBe(text)
  expect(readAmount(text, unit)).toEqual({ value })
})

test.each([
  ['', 'seconds', /such as 5 min/],
  ['soon', 'seconds', /such as 5 min/],
  ['5 weeks', 'seconds', /Must be in s, min, h, d/],
  ['-1', 'count', /below 0/],
  ['120 %', 'ratio', /at most 100 %/],
  ['3 s', 'count', /a number alone/],
])('"%s" as %s is refused with what would be understood', (text, unit, said) => {
  expect(readAmount(text, unit)).toEqual({ fault: expect.stringMatching(said) })
})

test('every amount of every rule is read back as it was', () => {
  for (const { parameters, forSeconds } of alertRules) {
    for (const { value, unit } of [...Object.values(parameters), { value: forSeconds, unit: 'seconds' }])
      expect(readAmount(writeAmount(value, unit), unit)).toEqual({ value })
  }
})
