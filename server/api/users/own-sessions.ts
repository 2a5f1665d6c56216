import { cookieLine } from '#server/auth/cookies.ts'
import { AppError } from '#server/errors.ts'
import { notify } from '#server/store/notify.ts'
import { endSession, listSessions, type SessionRow } from '#server/store/sessions.ts'
import type { CommandContext, QueryContext } from '../trpc.ts'
import { needPerson } from './person.ts'

/** A session as its owner sees it. */
export interface OwnSession extends SessionRow {
  isCurrent: boolean
}

/** The live sessions of the person who asks. */
export async function listOwnSessions({ caller, services: { store } }: QueryContext): Promise<OwnSession[]> {
  const person = needPerson(caller)
  const sessions = await listSessions(store, person.id)
  return sessions.map((session) => ({ ...session, isCurrent: session.id === person.sessionId }))
}

/** Ends a session of the person who asks; with the present one its cookie is taken back. */
export async function endOwnSession(
  { act, caller, resHeaders, services: { store, rules } }: CommandContext,
  id: string,
): Promise<{ id: string }> {
  const person = needPerson(caller)
  act.on({ target: person.email, cluster: null, reason: null, detail: { session: id } })
  const own = await listSessions(store, person.id)
  if (!own.some((session) => session.id === id)) throw new AppError('not-found', 'This session has ended already.')
  await act.commit(async (tx) => {
    await endSession(tx, id)
    await notify(tx, { kind: 'users' })
  })
  if (id === person.sessionId) resHeaders?.append('set-cookie', cookieLine(rules, rules.session, '', 0))
  return { id }
}
