import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConsoleEnv } from '#server/env.ts'
import { prepareHome } from '#server/store/key-files.ts'
import { openStore } from '#server/store/open.ts'
import { down, status, up } from '#lab/control.ts'
import { ensureBuilt } from './console/built.ts'
import { startConsole } from './console/console.ts'
import { adminEmail } from './console/first-admin.ts'
import { runUntilStopped } from './console/run-until-stopped.ts'
import { choosePassword, ensurePassword } from './demo/known-password.ts'
import { demoReach } from './demo/reach.ts'
import { registerLab } from './demo/register.ts'
import { untilSeen } from './demo/verdict.ts'

await runUntilStopped(async (undo, say, stopping) => {
  const env = readConsoleEnv()
  const before = await status()
  say(`The demo keeps what it knows in ${env.home}.`)
  prepareHome(env.home)
  const password = choosePassword(env.home, env.adminPassword)
  await ensureBuilt(join(env.home, 'logs'), say, stopping)
  stopping.throwIfAborted()
  // A demo that was killed leaves its mark, and its lab to this one.
  const mark = join(env.home, 'demo-made-the-lab')
  if (before.state === 'down' || existsSync(mark)) {
    writeFileSync(mark, '')
    undo.add(async () => {
      say('Taking the lab down.')
      await down()
      rmSync(mark, { force: true })
    })
  }
  say('Booting the lab: three etcd, three nodes with Patroni, PostgreSQL and pgBouncer, HAProxy, a small writer.')
  await up()
  stopping.throwIfAborted()
  const reach = env.reach ?? demoReach()
  say(`The console connects to ${reach} and nowhere else; MATRIARCH_REACH names other networks (docs/hardening.md).`)
  const running = await startConsole({ ...env, adminPassword: password, reach }, say, stopping)
  undo.add(running.stop)
  const store = openStore(running.storeUrl, { max: 2 })
  try {
    await ensurePassword(store, env.home, password)
    await registerLab(store, running.url, stopping)
    say(await untilSeen(store, stopping))
  } finally {
    await store.close()
  }
  say(`Matriarch is ready: ${running.url}  sign in as ${adminEmail} with ${password}`)
})
