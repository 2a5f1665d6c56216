import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnv } from '#server/env.ts'
import { startEmbedded } from '#server/store/embedded.ts'
import { migrate } from '#server/store/migrate.ts'
import { openStore, type Store } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { freePort } from '../testing/ports.ts'
import { until } from '../../e2e/until.ts'
import { adminEmail, makeFirstAdmin } from '../console/first-admin.ts'
import { root } from '../console/root.ts'

export interface WebAlone {
  url: string
  admin: { email: string; password: string }
  store: Store
  stop: () => Promise<void>
}

const preloads = ['--import', 'tsx', '--import', import.meta.resolve('../console/end-with-parent.ts')]

/** Web and store without a worker, so that the store can show clusters that nobody looks at. */
export async function startWebAlone(): Promise<WebAlone> {
  const home = mkdtempSync(join(tmpdir(), 'matriarch-web-'))
  const embedded = await startEmbedded(home)
  await migrate(embedded.url)
  const { webUrl } = await prepareRoles(embedded.url)
  const store = openStore(embedded.url, { max: 4 })
  const password = 'a-password-for-benches-only'
  await makeFirstAdmin(store, password, () => {})
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const told = {
    MATRIARCH_WEB_DATABASE_URL: webUrl,
    MATRIARCH_HOST: '127.0.0.1',
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
    NEXTAUTH_URL: url,
    PORT: String(port),
  }
  const web = spawn(process.execPath, [...preloads, 'tools/web.ts'], {
    cwd: root,
    env: childEnv(told),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ctrl-C at the terminal is for the bench, which stops it in good order.
    detached: true,
  })
  const stop = async () => {
    if (web.exitCode === null && web.kill('SIGTERM')) await once(web, 'exit')
    await store.close()
    await embedded.stop()
    rmSync(home, { recursive: true, force: true })
  }
  try {
    await until(
      { what: 'the web process answers', timeoutMs: 60_000 },
      async () => (await fetch(`${url}/api/health`)).ok,
    )
  } catch (error) {
    await stop()
    throw error
  }
  return { url, admin: { email: adminEmail, password }, store, stop }
}
