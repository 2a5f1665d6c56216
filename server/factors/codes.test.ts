import { expect, test } from 'vitest'
import { hashRecoveryCode, makeRecoveryCodes, stepOfCode } from './codes.ts'

// RFC 6238, appendix B: the secret 12345678901234567890, the last six digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_234_567_890, '005924', 41_152_263],
  [20_000_000_000, '353130', 666_666_666],
])('at second %i the code %s is of step %i, with neighbours and spaces', (second, code, step) => {
  const at = (offset: number) => new Date((second + offset) * 1000)
  expect(stepOfCode(secret, code, at(0))).toBe(step)
  expect(stepOfCode(secret, ` ${code.slice(0, 3)} ${code.slice(3)}`, at(30))).toBe(step)
  expect(stepOfCode(secret, code, at(-30))).toBe(step)
  expect(stepOfCode(secret, code, at(61))).toBeNull()
  expect(stepOfCode(secret, `${code}0`, at(0))).toBeNull()
  expect(stepOfCode(secret, '', at(0))).toBeNull()
})

test('ten recovery codes differ and count however they are typed', () => {
  const codes = makeRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) {
    expect(code).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(hashRecoveryCode(code.toUpperCase().replaceAll('-', ' '))).toBe(hashRecoveryCode(code))
  }
})
