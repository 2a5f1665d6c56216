import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { addAuthenticator, addPasskey, addPerson } from '#server/factors/testing/people.ts'
import { replaceRecoveryCodes } from '#server/store/factors/recovery-codes.ts'
import { loadWorkerKeys } from '#server/store/keys.ts'
import { insertSession, listSessions } from '#server/store/sessions.ts'
import { factorsBesideStore, resetFactorsBesideStore, vouchBesideStore } from './factors-beside-store.ts'
import { openTestStore } from './testing/store.ts'

test('beside the store factors are vouched for one by one or all, and reset with the codes and sessions', async () => {
  await using store = await openTestStore()
  const home = mkdtempSync(join(tmpdir(), 'matriarch-keys-'))
  vi.stubEnv('DATABASE_URL', store.url)
  try {
    const keys = loadWorkerKeys(home)
    const email = 'anna@example.org'
    const userId = await addPerson(store, email)
    await expect(vouchBesideStore(email, null)).rejects.toThrow(/no second factor yet/)
    await expect(vouchBesideStore('nobody@example.org', null)).rejects.toThrow(/nobody with the address/)
    const app = await addAuthenticator(store, keys, userId)
    await addPasskey(store, userId)
    await expect(vouchBesideStore(email, userId)).rejects.toThrow(/has no factor/)
    expect(await vouchBesideStore('Anna@Example.org', app.id)).toEqual(['phone'])
    expect(await vouchBesideStore(email, null)).toEqual(['key'])
    expect(await vouchBesideStore(email, null)).toEqual([])
    expect((await factorsBesideStore(email)).map(({ vouched }) => vouched?.by)).toEqual([
      'command line beside the store',
      'command line beside the store',
    ])

    await replaceRecoveryCodes(store.pool, userId, ['a', 'b'])
    const expiresAt = new Date(Date.now() + 60_000)
    await insertSession(store.pool, { id: 's', userId, expiresAt, userAgent: 'test', address: '' })
    expect((await resetFactorsBesideStore(email)).toSorted()).toEqual(['key', 'phone'])
    expect(await factorsBesideStore(email)).toEqual([])
    expect(await listSessions(store, userId)).toEqual([])
    const { rows } = await store.pool.query('select action, target from audit_event order by seq')
    expect(rows).toEqual([
      { action: 'users.vouch', target: email },
      { action: 'users.vouch', target: email },
      { action: 'users.resetFactors', target: email },
    ])
  } finally {
    vi.unstubAllEnvs()
    rmSync(home, { recursive: true })
  }
})
