import { endInvitationsOf } from '#server/store/agent-invitations.ts'
import { withdrawInvitationsOf } from '#server/store/invitations.ts'
import { notify } from '#server/store/notify.ts'
import type { Queryable } from '#server/store/queryable.ts'
import { endSessionsOf } from '#server/store/sessions.ts'
import { revokeSharesOf } from '#server/store/shares/links.ts'
import { namesOf, revokeTokensOf } from '#server/store/tokens.ts'

/** Takes from a person every way in that they have or have made, for themselves and for others; how many of each. */
export async function withdrawWaysIn(tx: Queryable, person: { id: string; email: string }, by: string) {
  const makers = await namesOf(tx, person)
  const endedSessions = await endSessionsOf(tx, person.id, null)
  const revokedTokens = await revokeTokensOf(tx, person.id)
  const revokedShares = await revokeSharesOf(tx, makers, by)
  const withdrawnInvitations = await withdrawInvitationsOf(tx, makers)
  const clusters = await endInvitationsOf(tx, makers)
  for (const clusterId of new Set(clusters)) await notify(tx, { kind: 'agents', clusterId })
  return {
    endedSessions,
    revokedTokens,
    revokedShares,
    withdrawnInvitations,
    withdrawnAgentInvitations: clusters.length,
  }
}
