import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { identify, isAlive } from '#server/store/process-identity.ts'
import { root } from './root.ts'

const child = `process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000)`
const preload = ['--import', 'tsx', '--import', import.meta.resolve('./end-with-parent.ts')]
const parent = `
  const { spawn } = require('node:child_process')
  const args = ${JSON.stringify([...preload, '-e', child])}
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true })
  console.log(child.pid)`

test('a process that was started with a channel ends when its parent is killed', async () => {
  const started = spawn(process.execPath, ['-e', parent], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const [pid] = await once(started.stdout, 'data')
  const orphan = identify(Number(String(pid)))
  if (orphan === null) throw new Error('The child did not start.')
  // Its preload takes a moment; a channel that breaks before that ends it as well.
  started.kill('SIGKILL')
  await expect.poll(() => isAlive(orphan), { timeout: 60_000 }).toBe(false)
})
