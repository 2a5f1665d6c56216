import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runLogged } from './run-logged.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'run-logged-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('what a command prints is kept, and its exit code is given', async () => {
  const logPath = join(folder, 'log')
  expect(await runLogged({ argv: ['sh', '-c', 'echo out; echo err >&2; exit 3'], logPath, timeoutMs: 30_000 })).toBe(3)
  expect(readFileSync(logPath, 'utf8').split('\n').sort()).toEqual(['', 'err', 'out'])
})

test('a command that is not done in its time is stopped with its children, and the log says so', async () => {
  const logPath = join(folder, 'log')
  expect(await runLogged({ argv: ['sh', '-c', 'sleep 300 & wait'], logPath, timeoutMs: 500 })).toBeNull()
  expect(readFileSync(logPath, 'utf8')).toContain('Stopped: it was not done within 0.5 s.')
})
