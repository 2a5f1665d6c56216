import { expect, test } from 'vitest'
import { agentAddress } from './agents.ts'

test.each([
  ['10.0.1.10', '10.0.1.10:8009'],
  [' 10.0.1.10:9000 ', '10.0.1.10:9000'],
  ['db-1.example.org:8009', 'db-1.example.org:8009'],
  ['[fd00::1]', '[fd00::1]:8009'],
  ['[fd00::1]:9000', '[fd00::1]:9000'],
])('%s is kept as %s', (typed, kept) => {
  expect(agentAddress.parse(typed)).toBe(kept)
})

test.each([
  '',
  ':8009',
  'https://10.0.1.10',
  '10.0.1.10/v1',
  'me@10.0.1.10',
  '10.0.1.10:99999',
  'two words',
  'fd00::1',
])('"%s" is no address', (typed) => {
  expect(agentAddress.safeParse(typed).success).toBe(false)
})
