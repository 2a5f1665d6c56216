import { z } from 'zod'
import type { SessionRow } from '#server/store/sessions.ts'
import { listUsers, type UserRow } from '#server/store/users.ts'
import { id } from '../inputs/fields.ts'
import { givenGrants, newPerson, personName, writtenGrant } from '../inputs/people.ts'
import { command, query, router } from '../trpc.ts'
import { createUser, resetPassword, type UserWithPassword } from '../users/create.ts'
import { changeUser } from '../users/change.ts'
import { grantRight, revokeRight } from '../users/grants.ts'
import { inviteAgain, inviteUser, type InvitedPerson } from '../users/invite.ts'
import { endSessionOf, listSessionsOf } from '../users/sessions.ts'

const concern = 'everywhere'
const permission = 'users.manage'

const oneGrant = z.strictObject({ id, grant: writtenGrant })

export const usersRouter = router({
  list: query({ permission: 'people.read', concern }).query(({ ctx }): Promise<UserRow[]> =>
    listUsers(ctx.services.store),
  ),

  /** The link is told once, here; whoever has it sets a password. */
  invite: command({ permission, concern, audit: 'users.invite' })
    .input(newPerson)
    .mutation(({ ctx, input }): Promise<InvitedPerson> => inviteUser(ctx, { ...input, grants: givenGrants(input) })),

  /** A new link for somebody who has not come yet. */
  inviteAgain: command({ permission, concern, audit: 'users.inviteAgain' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<InvitedPerson> => inviteAgain(ctx, input.id)),

  /** The same with a first password instead of a link. */
  create: command({ permission, concern, audit: 'users.create' })
    .input(newPerson)
    .mutation(({ ctx, input }): Promise<UserWithPassword> => createUser(ctx, { ...input, grants: givenGrants(input) })),

  update: command({ permission, concern, audit: 'users.update' })
    .input(z.strictObject({ id, name: personName.exactOptional(), disabled: z.boolean().exactOptional() }))
    .mutation(({ ctx, input }): Promise<UserRow> => changeUser(ctx, input)),

  grant: command({ permission, concern, audit: 'users.grant' })
    .input(oneGrant)
    .mutation(({ ctx, input }): Promise<UserRow> => grantRight(ctx, input)),

  revoke: command({ permission, concern, audit: 'users.revoke' })
    .input(oneGrant)
    .mutation(({ ctx, input }): Promise<UserRow> => revokeRight(ctx, input)),

  resetPassword: command({ permission, concern, audit: 'users.resetPassword' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<{ password: string }> => resetPassword(ctx, input.id)),

  sessions: query({ permission, concern })
    .input(z.strictObject({ id }))
    .query(({ ctx, input }): Promise<SessionRow[]> => listSessionsOf(ctx.services.store, input.id)),

  /** Without a session named, all of them. */
  endSession: command({ permission, concern, audit: 'users.endSession' })
    .input(z.strictObject({ id, session: z.string().min(1).max(100).nullable().default(null) }))
    .mutation(({ ctx, input }): Promise<{ ended: number }> => endSessionOf(ctx, input)),
})
