import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { behind } from './behind.ts'
import { runLogged } from './run-logged.ts'

test('what is behind is so beside other sessions too, and its words arrive as they are', async () => {
  const logPath = join(mkdtempSync(join(tmpdir(), 'behind-')), 'log')
  const look = 'nice; cat /proc/self/autogroup; echo "$1"; exit 3'
  const code = await runLogged({ argv: behind(['sh', '-c', look, 'look', 'two  words']), logPath, timeoutMs: 30_000 })
  const lines = readFileSync(logPath, 'utf8').trim().split('\n')
  expect(code).toBe(3)
  expect(lines[0]).toBe('10')
  expect(lines.at(-1)).toBe('two  words')
  const isShared = existsSync('/proc/self/autogroup')
  expect(lines[1]).toMatch(isShared ? / nice 10$/ : /No such file/)
})
