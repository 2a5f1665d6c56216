import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identify } from '#server/store/process-identity.ts'
import { lockHome } from './home-lock.ts'

test('a second console on the same folder is refused by the process that has it', () => {
  using home = temporaryHome()
  const unlock = lockHome(home.path)
  expect(() => lockHome(home.path)).toThrow(`A console already runs on ${home.path} (process ${process.pid})`)
  unlock()
  lockHome(home.path)()
  expect(existsSync(join(home.path, 'console.lock'))).toBe(false)
})

test('the folder of a killed console is free', async () => {
  using home = temporaryHome()
  const other = spawn('sleep', ['60'])
  await once(other, 'spawn')
  writeFileSync(join(home.path, 'console.lock'), JSON.stringify(identify(other.pid ?? 0)))
  expect(() => lockHome(home.path)).toThrow(`process ${other.pid}`)
  other.kill('SIGKILL')
  await once(other, 'exit')
  lockHome(home.path)()
})

test('a process that has the id of a dead console does not hold its folder', () => {
  using home = temporaryHome()
  writeFileSync(join(home.path, 'console.lock'), JSON.stringify({ pid: process.pid, startedAt: '1' }))
  expect(lockHome(home.path)).toBeInstanceOf(Function)
})

function temporaryHome(): Disposable & { path: string } {
  const path = mkdtempSync(join(tmpdir(), 'matriarch-lock-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
