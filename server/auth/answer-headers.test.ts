import { expect, test } from 'vitest'
import { answerHeaders } from './answer-headers.ts'

test('over https a browser never comes without it again for a year and more', () => {
  const sent = answerHeaders('https://matriarch.example.org')['strict-transport-security'] ?? ''
  expect(Number(/max-age=(\d+)/.exec(sent)?.[1])).toBeGreaterThanOrEqual(31_536_000)
  expect(answerHeaders('http://127.0.0.1:4400')).not.toHaveProperty('strict-transport-security')
})

test('what is no page may load and run nothing', () => {
  const policy = answerHeaders('https://matriarch.example.org')['content-security-policy']
  expect(policy).toBe("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
})
