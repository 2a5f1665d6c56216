import { randomBytes } from 'node:crypto'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { childEnv, readOidcEnv, type ConsoleEnv } from '#server/env.ts'
import { AppError } from '#server/errors.ts'
import { startEmbedded } from '#server/store/embedded.ts'
import { makeKey, prepareHome } from '#server/store/key-files.ts'
import { loadWorkerKeys, publishSealingKey } from '#server/store/keys.ts'
import { migrate } from '#server/store/migrate.ts'
import { openStore } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { loadSigningKey, publishSigningKey } from '#server/store/signing-key.ts'
import { addressOf } from '#server/store/unreachable.ts'
import { ensureBuilt } from './built.ts'
import { keepChild } from './child.ts'
import { makeFirstAdmin } from './first-admin.ts'
import { lockHome } from './home-lock.ts'
import { originOf, requirePort } from './port.ts'
import { root } from './root.ts'
import { toldWeb, toldWorker } from './told.ts'
import { Undo } from './undo.ts'

export interface RunningConsole {
  url: string
  /** The store as its owner. */
  storeUrl: string
  stop: () => Promise<void>
}

/** Starts store, web and worker on one machine and keeps them running; what was started is stopped again when it fails. */
export async function startConsole(
  env: ConsoleEnv,
  say: (sentence: string) => void,
  signal: AbortSignal,
): Promise<RunningConsole> {
  const undo = new Undo()
  try {
    // What is wrong with it is said before anything is started.
    readOidcEnv()
    prepareHome(env.home)
    undo.add(lockHome(env.home))
    await requirePort(env.host, env.port)
    const logs = join(env.home, 'logs')
    const storeUrl = env.databaseUrl ?? (await startOwnStore(env.home, undo, say))
    const webUrl = await prepareStore(storeUrl, env, say)
    await ensureBuilt(logs, say, signal)
    signal.throwIfAborted()
    const url = env.publicUrl ?? originOf(env.host, env.port)
    const child = (name: string, args: string[], told: Record<string, string>) => {
      const logFile = join(logs, `${basename(args.at(-1) ?? name).replace(/\.\w+$/, '')}.log`)
      const kept = keepChild({ name, args, env: childEnv(told), cwd: root, logFile, say })
      undo.add(kept.stop)
    }
    const sessionSecret = makeKey(env.home, 'session-secret', () => randomBytes(32).toString('base64url'))
    child('The worker', worker, toldWorker(env, { storeUrl, url }))
    child('The web process', web, toldWeb(env, { webUrl, url, sessionSecret }))
    await untilAnswers(env, join(logs, 'web.log'), signal)
    return { url, storeUrl, stop: () => undo.run() }
  } catch (error) {
    await undo.run()
    throw error
  }
}

// The worker as the build has bundled it: whatever translates it as it starts would stay in the process.
const built = (name: string) => pathToFileURL(join(root, '.next', 'worker', name)).href
const worker = ['--import', built('end-with-parent.mjs'), '.next/worker/worker.mjs']
const web = ['--import', 'tsx', '--import', import.meta.resolve('./end-with-parent.ts'), 'tools/web.ts']

async function startOwnStore(home: string, undo: Undo, say: (sentence: string) => void): Promise<string> {
  const store = await startEmbedded(home, say)
  undo.add(store.stop)
  say(`The console keeps its own PostgreSQL at ${addressOf(store.url)}, its data in ${join(home, 'store')}.`)
  return store.url
}

async function prepareStore(storeUrl: string, env: ConsoleEnv, say: (sentence: string) => void): Promise<string> {
  await migrate(storeUrl)
  const { webUrl } = await prepareRoles(storeUrl)
  const store = openStore(storeUrl, { max: 2 })
  try {
    await publishSealingKey(store, loadWorkerKeys(env.home), null)
    await publishSigningKey(store, loadSigningKey(env.home), null)
    await makeFirstAdmin(store, env.adminPassword, say)
    return webUrl
  } finally {
    await store.close()
  }
}

async function untilAnswers(env: ConsoleEnv, logFile: string, signal: AbortSignal): Promise<void> {
  const address = `${originOf(env.host, env.port)}/api/health`
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const answer = await fetch(address, { signal: AbortSignal.timeout(2_000) }).catch(() => null)
    if (answer?.ok) return
    await sleep(100, undefined, { signal })
  }
  throw new AppError('internal', `The web process did not answer within 60 s: see ${logFile}.`)
}
