import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '#server/store/embedded.ts'
import { migrate } from '#server/store/migrate.ts'
import { openStore, type Store } from '#server/store/open.ts'

/** Does something with a migrated store of its own, as its owner, and takes it away; `adminUrl` is its database `postgres` as superuser. */
export async function withBenchStore(work: (store: Store, adminUrl: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'matriarch-bench-'))
  const embedded = await startEmbedded(home)
  try {
    await migrate(embedded.url)
    const store = openStore(embedded.url, { max: 4, statementTimeoutMs: 600_000 })
    try {
      await work(store, embedded.adminUrl)
    } finally {
      await store.close()
    }
  } finally {
    await embedded.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
