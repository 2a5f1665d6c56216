import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { agentVersion } from './version.ts'

test('the agent has the version of the console it is built from', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  expect(agentVersion).toBe(version)
})
