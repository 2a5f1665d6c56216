import type { Factor } from '#domain/people/factor.ts'
import { recordAudit } from '#server/audit/record.ts'
import { readConsoleEnv } from '#server/env.ts'
import { AppError } from '#server/errors.ts'
import { listFactors, removeFactors, vouchForFactors } from '#server/store/factors/factors.ts'
import { replaceRecoveryCodes } from '#server/store/factors/recovery-codes.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction, openStore, type Store } from '#server/store/open.ts'
import { endSessionsOf } from '#server/store/sessions.ts'
import { storeUrlIn } from './store-url-in.ts'

/** The factors of a person, as the owner of the store sees them. */
export function factorsBesideStore(typed: string): Promise<Factor[]> {
  const email = typed.toLowerCase()
  return atStore(async (store) => listFactors(store.pool, await idOf(store, email)))
}

/** Vouches for the factors of a person, or for one: whoever can do this owns the store. Returns the names of those newly vouched for. */
export function vouchBesideStore(typed: string, id: string | null): Promise<string[]> {
  const email = typed.toLowerCase()
  return atStore(async (store) => {
    const userId = await idOf(store, email)
    const known = await listFactors(store.pool, userId)
    if (known.length === 0)
      throw new AppError('refused', `${email} has no second factor yet. It is registered under Account.`)
    if (id !== null && !known.some((factor) => factor.id === id)) {
      throw new AppError('not-found', `${email} has no factor ${id}. matriarch users factors ${email} lists them.`)
    }
    return inTransaction(store, async (tx) => {
      const names = await vouchForFactors(tx, { userId, id, by: besideStore.name })
      if (names.length === 0) return names
      await recordAudit(tx, { ...entryOf(email, 'users.vouch'), detail: { factors: names } })
      await notify(tx, { kind: 'users' })
      return names
    })
  })
}

/** Removes every factor and recovery code of a person and ends their sessions, so that the password lets in again. Returns the names. */
export function resetFactorsBesideStore(typed: string): Promise<string[]> {
  const email = typed.toLowerCase()
  return atStore(async (store) => {
    const userId = await idOf(store, email)
    return inTransaction(store, async (tx) => {
      const names = await removeFactors(tx, userId, null)
      await replaceRecoveryCodes(tx, userId, [])
      await endSessionsOf(tx, userId, null)
      await recordAudit(tx, { ...entryOf(email, 'users.resetFactors'), detail: { factors: names } })
      await notify(tx, { kind: 'users' })
      return names
    })
  })
}

const besideStore = { id: null, name: 'command line beside the store', kind: 'console' } as const

function entryOf(email: string, action: string) {
  return {
    actor: besideStore,
    action,
    target: email,
    cluster: null,
    reason: null,
    outcome: 'done',
    operationId: null,
  } as const
}

async function idOf(store: Store, email: string): Promise<string> {
  const { rows } = await store.pool.query<{ id: string }>('select id from app_user where email = $1', [email])
  if (rows[0]) return rows[0].id
  throw new AppError('not-found', `There is nobody with the address ${email}.`)
}

async function atStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const { databaseUrl, home } = readConsoleEnv()
  const store = openStore(databaseUrl ?? storeUrlIn(home), { max: 2 })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}
