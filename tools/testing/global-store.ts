import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '#server/store/embedded.ts'
import { migrate } from '#server/store/migrate.ts'
import { patient } from '#server/store/testing/patient.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser of the run's store. */
    storeAdminUrl: string
    /** Owner of the migrated template `matriarch_template`. */
    storeTemplateUrl: string
  }
}

/** One store for the whole run, with a migrated database that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = mkdtempSync(join(tmpdir(), 'matriarch-test-'))
  const store = await startEmbedded(home)
  const template = new URL(patient(store.url))
  template.pathname = '/matriarch_template'
  const admin = new pg.Client({ connectionString: store.adminUrl })
  await admin.connect()
  // What these databases hold is thrown away: nothing has to reach the disk.
  for (const safety of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    await admin.query(`alter system set ${safety} = off`)
  }
  await admin.query('select pg_reload_conf()')
  await admin.query('create database matriarch_template owner matriarch')
  await admin.end()
  await migrate(template.href)
  project.provide('storeAdminUrl', store.adminUrl)
  project.provide('storeTemplateUrl', template.href)
  return async () => {
    await store.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
