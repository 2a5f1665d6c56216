import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startedWith } from './own-program.ts'

test('what the agent starts inherits nothing of what keeps it small while it idles', () => {
  const unit = readFileSync('agent/install/matriarch-agent.service', 'utf8')
  const [, flags = ''] = /^ExecStart=\S*node (.*) \S+ run /m.exec(unit) ?? []
  expect(flags).toContain('--max-lazy')
  expect(startedWith([...flags.split(' '), '--import', 'tsx'])).toEqual(['--import', 'tsx'])
})
