import { readConsoleEnv } from '#server/env.ts'
import { startConsole } from './console/console.ts'
import { adminEmail } from './console/first-admin.ts'
import { runUntilStopped } from './console/run-until-stopped.ts'

await runUntilStopped(async (undo, say, stopping) => {
  const env = readConsoleEnv()
  say(`Matriarch is starting; it keeps what it knows in ${env.home}.`)
  const running = await startConsole(env, say, stopping)
  undo.add(running.stop)
  if (running.newAdminPassword !== null && env.adminPassword === null) {
    say(`Sign in as ${adminEmail} with ${running.newAdminPassword} and choose another password; it is shown only now.`)
  }
  say(`Matriarch runs at ${running.url}`)
})
