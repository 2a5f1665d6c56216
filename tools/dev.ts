import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { childEnv, readConsoleEnv } from '#server/env.ts'
import { startEmbedded } from '#server/store/embedded.ts'
import { makeKey, prepareHome } from '#server/store/key-files.ts'
import { loadWorkerKeys, publishSealingKey } from '#server/store/keys.ts'
import { migrate } from '#server/store/migrate.ts'
import { openStore } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { loadSigningKey, publishSigningKey } from '#server/store/signing-key.ts'
import { makeFirstAdmin } from './console/first-admin.ts'
import { lockHome } from './console/home-lock.ts'
import { originOf } from './console/port.ts'
import { root } from './console/root.ts'
import { toldWeb, toldWorker } from './console/told.ts'
import { runUntilStopped } from './console/run-until-stopped.ts'

/** The console for whoever changes it: pages and worker start anew with each change of their source. */
await runUntilStopped(async (undo, say) => {
  const env = readConsoleEnv()
  prepareHome(env.home)
  undo.add(lockHome(env.home))
  let storeUrl = env.databaseUrl
  if (storeUrl === null) {
    const embedded = await startEmbedded(env.home, say)
    undo.add(embedded.stop)
    storeUrl = embedded.url
  }
  await migrate(storeUrl)
  const { webUrl } = await prepareRoles(storeUrl)
  await prepareFirstUse(storeUrl, env, say)
  const url = originOf(env.host, env.port)
  const sessionSecret = makeKey(env.home, 'session-secret', () => randomBytes(32).toString('base64url'))
  undo.add(run(['--watch', '--import', 'tsx', 'server/worker.ts'], toldWorker(env, { storeUrl, url })))
  undo.add(
    run(
      ['node_modules/next/dist/bin/next', 'dev', '--hostname', env.host, '--port', String(env.port)],
      toldWeb(env, { webUrl, url, sessionSecret }),
    ),
  )
})

async function prepareFirstUse(
  storeUrl: string,
  env: { home: string; adminPassword: string | null },
  say: (sentence: string) => void,
) {
  const store = openStore(storeUrl, { max: 2 })
  try {
    await publishSealingKey(store, loadWorkerKeys(env.home), null)
    await publishSigningKey(store, loadSigningKey(env.home), null)
    await makeFirstAdmin(store, env.adminPassword, say)
  } finally {
    await store.close()
  }
}

/** Starts a Node program that writes to this terminal; gives what stops it. */
function run(args: string[], told: Record<string, string>): () => Promise<void> {
  const env = { ...childEnv(told), NODE_ENV: 'development' as const }
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: 'inherit', detached: true })
  return async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
}
