import { z } from 'zod'
import { listTokens, type TokenRow } from '#server/store/tokens.ts'
import { id } from '../inputs/fields.ts'
import { givenGrants, newToken } from '../inputs/people.ts'
import { command, query, router } from '../trpc.ts'
import { createToken, revokeToken } from '../users/tokens.ts'

const concern = 'everywhere'

export const tokensRouter = router({
  list: query({ permission: 'people.read', concern }).query(({ ctx }): Promise<TokenRow[]> =>
    listTokens(ctx.services.store),
  ),

  /** The token itself is told once, here. */
  create: command({ permission: 'tokens.manage', concern, audit: 'tokens.create' })
    .input(newToken)
    .mutation(({ ctx, input }): Promise<{ id: string; token: string }> =>
      createToken(ctx, { ...input, grants: givenGrants(input) }),
    ),

  revoke: command({ permission: 'tokens.manage', concern, audit: 'tokens.revoke' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => revokeToken(ctx, input.id)),
})
