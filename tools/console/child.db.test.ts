import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identify, isAlive, type ProcessIdentity } from '#server/store/process-identity.ts'
import { keepChild } from './child.ts'

const program = `
  process.on('SIGTERM', () => process.exit(0))
  require('node:fs').appendFileSync('pids', process.pid + '\\n')
  console.log('works')
  setInterval(() => {}, 1000)`

test('a child that is killed is started again with one sentence, and stopped for good when told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'matriarch-child-'))
  writeFileSync(join(folder, 'program.cjs'), program)
  const said: string[] = []
  const logFile = join(folder, 'logs', 'child.log')
  const child = keepChild({
    name: 'The child',
    args: ['program.cjs'],
    env: { NODE_ENV: 'production' },
    cwd: folder,
    logFile,
    say: (sentence) => said.push(sentence),
  })
  // It notes its pid before it says that it works.
  const untilLogged = (text: string) => expect.poll(() => readFileSync(logFile, 'utf8'), { timeout: 60_000 }).toBe(text)
  try {
    const first = await nthPid(folder, 1)
    await untilLogged('works\n')
    process.kill(first.pid, 'SIGKILL')
    const second = await nthPid(folder, 2)
    expect(said).toEqual([`The child has ended (SIGKILL) and is started again; its log is ${logFile}.`])
    await untilLogged('works\nworks\n')
    await child.stop()
    expect(isAlive(second)).toBe(false)
    expect(said).toHaveLength(1)
  } finally {
    await child.stop()
    rmSync(folder, { recursive: true })
  }
})

async function nthPid(folder: string, n: number): Promise<ProcessIdentity> {
  let identity: ProcessIdentity | null = null
  await expect
    .poll(
      () => {
        const pid = Number(readFileSync(join(folder, 'pids'), 'utf8').split('\n')[n - 1])
        identity = pid > 0 ? identify(pid) : null
        return identity
      },
      { timeout: 60_000 },
    )
    .not.toBeNull()
  if (!identity) throw new Error('no such child')
  return identity
}
