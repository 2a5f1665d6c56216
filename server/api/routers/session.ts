import { z } from 'zod'
import type { Grant } from '#domain/people/grant.ts'
import { stepUpWays, type Ways } from '../factors/passkey-options.ts'
import { stepUp } from '../factors/step-up.ts'
import { assertion, code, origin } from '../inputs/proof.ts'
import { command, query, router } from '../trpc.ts'
import { changePassword } from '../users/password.ts'
import { endOwnSession, listOwnSessions, type OwnSession } from '../users/own-sessions.ts'

export interface WhoAmI {
  id: string
  name: string
  /** Null for a token. */
  email: string | null
  grants: Grant[]
  kind: 'user' | 'token'
}

export const sessionRouter = router({
  whoami: query({ permission: 'session.own', concern: 'self' }).query(({ ctx: { caller } }): WhoAmI => {
    const { id, name, grants, kind } = caller
    return { id, name, grants, kind, email: caller.kind === 'user' ? caller.email : null }
  }),

  list: query({ permission: 'session.own', concern: 'self' }).query(({ ctx }): Promise<OwnSession[]> =>
    listOwnSessions(ctx),
  ),

  /** Ends a session of one's own; ending the present one is signing out. */
  end: command({ permission: 'session.own', concern: 'self', audit: 'session.end' })
    .input(z.strictObject({ id: z.string().min(1).max(100) }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => endOwnSession(ctx, input.id)),

  /** How one may show again who one is. */
  stepUpWays: query({ permission: 'session.own', concern: 'self' })
    .input(z.strictObject({ origin }))
    .query(({ ctx, input }): Promise<Ways> => stepUpWays(ctx, input.origin)),

  /** For the next minutes dangerous acts are done without asking again. */
  stepUp: command({ permission: 'session.own', concern: 'self', audit: 'session.stepUp' })
    .input(
      z.discriminatedUnion('way', [
        z.strictObject({ way: z.literal('code'), code }),
        z.strictObject({ way: z.literal('passkey'), assertion }),
        z.strictObject({ way: z.literal('password'), password: z.string().max(200) }),
      ]),
    )
    .mutation(({ ctx, input }): Promise<{ isSteppedUp: true }> => stepUp(ctx, input)),

  /** Ends every other session of the person as well. */
  changePassword: command({ permission: 'session.own', concern: 'self', audit: 'session.changePassword' })
    .input(
      z.strictObject({
        current: z.string().max(200),
        next: z.string().min(12, 'At least 12 characters.').max(200, 'At most 200 characters.'),
      }),
    )
    .mutation(({ ctx, input }): Promise<{ endedSessions: number }> => changePassword(ctx, input)),
})
