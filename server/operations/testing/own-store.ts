import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClusterConfig, ClusterDraft } from '#domain/fleet/cluster.ts'
import type { AuditRecord } from '#domain/fleet/view.ts'
import { insertCluster } from '#server/store/clusters.ts'
import { startEmbedded } from '#server/store/embedded.ts'
import { loadWorkerKeys, publishSealingKey } from '#server/store/keys.ts'
import { migrate } from '#server/store/migrate.ts'
import { inTransaction, openStore, type Store } from '#server/store/open.ts'
import { prepareRoles } from '#server/store/roles.ts'
import { loadSigningKey, publishSigningKey } from '#server/store/signing-key.ts'
import { patient } from '#server/store/testing/patient.ts'

export interface OwnStore extends AsyncDisposable {
  home: string
  url: string
  store: Store
  /** The store as the web tier has it. */
  web: Store
  operator: AuditRecord['actor']
  /** Takes the store away for a while. */
  outage: (ms: number) => Promise<void>
  /** Leaves the folder where it is at the end, for whoever wants to see why something failed. */
  keepHome: () => void
}

/** A store with an operator in it, apart from every other, in a folder that goes with it. */
export async function startOwnStore(): Promise<OwnStore> {
  const home = mkdtempSync(join(tmpdir(), 'matriarch-operations-'))
  let isKept = false
  let embedded = await startEmbedded(home)
  const url = patient(embedded.url)
  await migrate(url)
  const { webUrl } = await prepareRoles(url)
  const store = openStore(url, { max: 5 })
  const web = openStore(webUrl, { max: 5 })
  await publishSealingKey(store, loadWorkerKeys(home), null)
  await publishSigningKey(store, loadSigningKey(home), null)
  return {
    home,
    url,
    store,
    web,
    operator: await makeOperator(store),
    async outage(ms) {
      await embedded.stop()
      await sleep(ms)
      embedded = await startEmbedded(home)
    },
    keepHome() {
      isKept = true
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([store.close(), web.close()])
      await embedded.stop()
      if (isKept) process.stderr.write(`A test failed: store and logs are kept in ${home}\n`)
      else rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Somebody who may switch over. */
export async function makeOperator(store: Store, name = 'Ada'): Promise<AuditRecord['actor']> {
  const { rows } = await store.pool.query<{ id: string }>(
    `with made as (
       insert into app_user (email, name, password_hash) values (lower($1) || '@example.org', $1, '-') returning id)
     insert into app_grant (user_id, role, scope, granted_by) select id, 'operator', 'all', 'test' from made
     returning user_id as id`,
    [name],
  )
  return { id: rows[0]?.id ?? '', name, kind: 'user' }
}

/** Registers a cluster as found. */
export async function registerCluster(
  store: Store,
  draft: ClusterDraft,
  found: { scope: string; systemIdentifier: string },
): Promise<ClusterConfig> {
  return inTransaction(store, (tx) => insertCluster(tx, draft, { ...found, isStandby: false }))
}
