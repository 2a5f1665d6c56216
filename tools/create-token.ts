import { grantText, type WrittenGrant } from '#domain/people/grant-text.ts'
import type { Grant } from '#domain/people/grant.ts'
import { recordAudit } from '#server/audit/record.ts'
import { makeToken } from '#server/auth/make-token.ts'
import { readConsoleEnv } from '#server/env.ts'
import { AppError } from '#server/errors.ts'
import { findClusterScope } from '#server/store/cluster-scope.ts'
import { inTransaction, openStore } from '#server/store/open.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { storeUrlIn } from './store-url-in.ts'

/** Makes a token as the owner of the store, which DATABASE_URL or the folder MATRIARCH_HOME names; nobody's rights bound it. */
export async function createTokenBesideStore(wanted: {
  name: string
  grants: readonly WrittenGrant[]
  /** Null = it never expires. */
  expiresInDays: number | null
}): Promise<{ token: string }> {
  const { name, expiresInDays } = wanted
  const { databaseUrl, home } = readConsoleEnv()
  const store = openStore(databaseUrl ?? storeUrlIn(home), { max: 1 })
  try {
    return await inTransaction(store, async (tx) => {
      const grants: Grant[] = []
      for (const grant of wanted.grants) grants.push(await grantOf(tx, grant))
      const { token } = await makeToken(tx, { name, grants, createdBy: 'command line', ownerId: null, expiresInDays })
      await recordAudit(tx, {
        actor: { id: null, name: 'command line beside the store', kind: 'console' },
        action: 'tokens.create',
        target: name,
        cluster: null,
        reason: null,
        outcome: 'done',
        operationId: null,
        detail: { grants: grants.map((grant) => grantText(grant)), expiresInDays },
      })
      return { token }
    })
  } finally {
    await store.close()
  }
}

async function grantOf(tx: Queryable, { role, scope }: WrittenGrant): Promise<Grant> {
  if (scope.kind !== 'cluster') return { role, scope }
  const cluster = await findClusterScope(tx, scope.cluster)
  if (!cluster) throw new AppError('not-found', `No cluster named ${scope.cluster} is registered.`)
  return { role, scope: { kind: 'cluster', clusterId: cluster.id } }
}
