import { z } from 'zod'
import { roles } from '#domain/permission.ts'
import { listTokens, type TokenRow } from '#server/store/tokens.ts'
import { id } from '../inputs/fields.ts'
import { createToken, revokeToken } from '../users/tokens.ts'
import { command, query, router } from '../trpc.ts'

const newToken = z.strictObject({
  name: z.string().trim().min(1, 'Is empty.').max(100, 'Is too long.'),
  role: z.enum(roles),
  /** Null = it never expires. */
  expiresInDays: z.int().min(1).max(3_650).nullable().default(null),
})

export const tokensRouter = router({
  list: query({ permission: 'tokens.manage' }).query(({ ctx }): Promise<TokenRow[]> => listTokens(ctx.services.store)),

  /** The token itself is told once, here. */
  create: command({ permission: 'tokens.manage', audit: 'tokens.create', stepUp: true })
    .input(newToken)
    .mutation(({ ctx, input }): Promise<{ id: string; token: string }> => createToken(ctx, input)),

  revoke: command({ permission: 'tokens.manage', audit: 'tokens.revoke', stepUp: true })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => revokeToken(ctx, input.id)),
})
