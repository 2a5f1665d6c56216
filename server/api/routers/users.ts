import { z } from 'zod'
import { roles } from '#domain/permission.ts'
import { listUsers, type UserRow } from '#server/store/users.ts'
import { vouchForFactor } from '../factors/vouch.ts'
import { id } from '../inputs/fields.ts'
import { proofAnswer } from '../inputs/proof.ts'
import { command, query, router } from '../trpc.ts'
import { createUser, resetPassword, type UserWithPassword } from '../users/create.ts'
import { changeUser } from '../users/change.ts'

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .regex(/^[\x21-\x3f\x41-\x7e]+@[a-z0-9.-]+$/, 'Must be an e-mail address.')
const name = z.string().trim().min(1, 'Is empty.').max(100, 'Is too long.')
const role = z.enum(roles)

export const usersRouter = router({
  list: query({ permission: 'users.manage' }).query(({ ctx }): Promise<UserRow[]> => listUsers(ctx.services.store)),

  create: command({ permission: 'users.manage', audit: 'users.create', stepUp: true })
    .input(z.strictObject({ email, name, role }))
    .mutation(({ ctx, input }): Promise<UserWithPassword> => createUser(ctx, input)),

  update: command({ permission: 'users.manage', audit: 'users.update', stepUp: true })
    .input(
      z.strictObject({
        id,
        name: name.exactOptional(),
        role: role.exactOptional(),
        disabled: z.boolean().exactOptional(),
      }),
    )
    .mutation(({ ctx, input }): Promise<UserRow> => changeUser(ctx, input)),

  resetPassword: command({ permission: 'users.manage', audit: 'users.resetPassword', stepUp: true })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<{ password: string }> => resetPassword(ctx, input.id)),

  /** A factor that is vouched for counts for approvals. A proof of one's own is the step-up. */
  vouch: command({ permission: 'users.manage', audit: 'users.vouch' })
    .input(z.strictObject({ factorId: id, proof: proofAnswer }))
    .mutation(({ ctx, input }): Promise<{ id: string }> =>
      vouchForFactor(ctx, { id: input.factorId, answer: input.proof }),
    ),
})
