import type { Role } from '#domain/permission.ts'
import { recordAudit } from '#server/audit/record.ts'
import { makeToken } from '#server/auth/make-token.ts'
import { readConsoleEnv } from '#server/env.ts'
import { inTransaction, openStore } from '#server/store/open.ts'
import { storeUrlIn } from './store-url-in.ts'

/** Makes a token as the owner of the store, which DATABASE_URL or the folder MATRIARCH_HOME names. */
export async function createTokenBesideStore({ name, role }: { name: string; role: Role }): Promise<{ token: string }> {
  const { databaseUrl, home } = readConsoleEnv()
  const store = openStore(databaseUrl ?? storeUrlIn(home), { max: 1 })
  try {
    return await inTransaction(store, async (tx) => {
      const { token } = await makeToken(tx, { name, role, createdBy: 'command line', expiresInDays: null })
      await recordAudit(tx, {
        actor: { id: null, name: 'command line beside the store', kind: 'console' },
        action: 'tokens.create',
        target: name,
        cluster: null,
        reason: null,
        outcome: 'done',
        operationId: null,
        detail: { role },
      })
      return { token }
    })
  } finally {
    await store.close()
  }
}
