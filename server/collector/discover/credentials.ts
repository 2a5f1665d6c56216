import { LookError } from '#server/adapters/look-error.ts'
import type { Board } from '../board.ts'
import type { RosterEntry } from '../roster.ts'
import type { Found } from './found.ts'

/** Finds out whether typed members would let the console act, with a request that can change nothing. */
export async function checkCredentials(board: Board, found: Found, signal: AbortSignal | undefined): Promise<void> {
  const typed = [...board.entries.values()].filter((entry) => entry.isConfigured && entry.status.seen.good !== null)
  await Promise.all(typed.map((entry) => checkMember(entry, board, found, signal)))
}

async function checkMember(
  entry: RosterEntry,
  { access }: Board,
  found: Found,
  signal: AbortSignal | undefined,
): Promise<void> {
  const answer = await access.patroni.checkCredentials(entry.url, signal).catch((error: unknown) => {
    if (error instanceof LookError) return 'unknown' as const
    throw error
  })
  const endpoint = found.endpoints.find(({ system, address }) => system === 'patroni' && address === entry.url)
  if (endpoint === undefined) return
  const hasUser = access.cluster.endpoints.patroniUser !== null
  if (answer === 'rejected' && hasUser) {
    found.errors.push({
      field: 'secrets.patroni-password',
      sentence: `${entry.name} does not accept this user and password for Patroni's REST API.`,
    })
  }
  if (answer === 'rejected' && !hasUser) endpoint.detail += '; asks for a user and password before a switchover'
  if (answer === 'forbidden')
    endpoint.detail += '; lets this console look, but not act (see restapi.allowlist and verify_client)'
}
