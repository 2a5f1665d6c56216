import { deleteGroupGrants } from '#server/store/group-mappings.ts'
import { endProviderSessions, lockIdentity } from '#server/store/identities.ts'
import { inTransaction, type Store } from '#server/store/open.ts'
import type { Told } from './claims.ts'

/** Whoever came by their groups and has none that counts any more keeps no session either. */
export async function endForNoRight(store: Store, { issuer, subject }: Told): Promise<void> {
  await inTransaction(store, async (tx) => {
    const known = await lockIdentity(tx, issuer, subject)
    if (!known) return
    await deleteGroupGrants(tx, known.userId)
    await endProviderSessions(tx, { issuer, subject, providerSession: null })
  })
}
