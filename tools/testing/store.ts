import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { openStore, type Store } from '#server/store/open.ts'

export type TestStore = Store & AsyncDisposable & { database: string; adminUrl: string }

/** A migrated database of its own, opened as its owner; dropped at the end of the `await using` block. */
export async function openTestStore(options: { max?: number } = {}): Promise<TestStore> {
  const database = `t_${randomBytes(6).toString('hex')}`
  await asAdmin(`create database ${database} template matriarch_template owner matriarch`)
  const url = new URL(inject('storeTemplateUrl'))
  url.pathname = `/${database}`
  const adminUrl = new URL(inject('storeAdminUrl'))
  adminUrl.pathname = `/${database}`
  const store = openStore(url.href, { max: options.max ?? 5 })
  return {
    ...store,
    database,
    adminUrl: adminUrl.href,
    async [Symbol.asyncDispose]() {
      await store.close()
      await asAdmin(`drop database ${database} with (force)`)
    },
  }
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('storeAdminUrl') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
