import { expect, test } from 'vitest'
import { originOf } from './port.ts'

test.each([
  ['127.0.0.1', 'http://127.0.0.1:4400'],
  ['0.0.0.0', 'http://127.0.0.1:4400'],
  ['::', 'http://[::1]:4400'],
  ['fd00::7', 'http://[fd00::7]:4400'],
  ['console.example.org', 'http://console.example.org:4400'],
])('what listens on %s is opened at %s', (host, origin) => {
  expect(originOf(host, 4400)).toBe(origin)
  expect(URL.canParse(origin)).toBe(true)
})
