import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import type { Store } from '#server/store/open.ts'
import { endSession, endSessionsOf, listSessions, type SessionRow } from '#server/store/sessions.ts'
import type { CommandContext } from '../trpc.ts'
import { needUser } from './need.ts'

/** The live sessions of a person, last used first. */
export async function listSessionsOf(store: Store, id: string): Promise<SessionRow[]> {
  await needUser(store.pool, id)
  return listSessions(store, id)
}

/** Ends one session of a person, or with none named all of them. Throws AppError `not-found` where it has ended already. */
export async function endSessionOf(
  { act, services: { store } }: CommandContext,
  { id, session }: { id: string; session: string | null },
): Promise<{ ended: number }> {
  const person = await needUser(store.pool, id)
  act.on({ target: person.email, cluster: null, reason: null, detail: { session: session ?? 'all' } })
  return act.commit(async (tx) => {
    const ended = session === null ? await endSessionsOf(tx, id, null) : await endOne(tx, id, session)
    await notify(tx, { kind: 'users' })
    return { ended }
  })
}

async function endOne(tx: Parameters<typeof endSession>[0], userId: string, session: string): Promise<number> {
  const owner = await endSession(tx, session)
  // The transaction takes it back where it is somebody else's.
  if (owner?.userId !== userId) throw new AppError('not-found', 'This session has ended already.')
  return 1
}
