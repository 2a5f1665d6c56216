import { mkdtempSync, readFileSync } from 'node:fs'
import { getPriority, tmpdir } from 'node:os'
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
  // These tests are behind themselves.
  expect(Number(lines[0])).toBe(Math.min(19, getPriority() + 5))
  expect(lines.at(-1)).toBe('two  words')
  const isShared =
    (await runLogged({ argv: ['sh', '-c', 'echo 5 >/proc/self/autogroup'], logPath, timeoutMs: 30_000 })) === 0
  expect(lines.some((line) => line.endsWith(' nice 5'))).toBe(isShared)
})
