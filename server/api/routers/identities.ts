import { z } from 'zod'
import { listGroupMappings, type GroupMappingRow } from '#server/store/group-mappings.ts'
import type { IdentityRow } from '#server/store/identities.ts'
import { mapGroup, unmapGroup } from '../identities/groups.ts'
import { linkIdentity, unlinkIdentity } from '../identities/link.ts'
import { listIdentityPage, showProvider, type SignInProvider } from '../identities/list.ts'
import { id, limit } from '../inputs/fields.ts'
import { newGroupMapping } from '../inputs/group-mapping.ts'
import { command, query, router } from '../trpc.ts'

const subject = z.string().trim().min(1, 'Is empty.').max(255, 'Is too long.')

/** Who people are to the provider of sign-ins, and what its groups give. */
export const identitiesRouter = router({
  provider: query({ permission: 'users.manage' }).query(({ ctx }): SignInProvider | null => showProvider(ctx)),

  list: query({ permission: 'users.manage' })
    .input(z.strictObject({ cursor: id.optional(), limit }))
    .query(({ ctx, input }): Promise<{ identities: IdentityRow[]; next: string | null }> =>
      listIdentityPage(ctx, input),
    ),

  link: command({ permission: 'users.manage', audit: 'identities.link' })
    .input(z.strictObject({ userId: id, subject }))
    .mutation(({ ctx, input }): Promise<IdentityRow> => linkIdentity(ctx, input)),

  unlink: command({ permission: 'users.manage', audit: 'identities.unlink' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => unlinkIdentity(ctx, input.id)),

  groups: query({ permission: 'users.manage' }).query(({ ctx }): Promise<GroupMappingRow[]> =>
    listGroupMappings(ctx.services.store.pool),
  ),

  mapGroup: command({ permission: 'users.manage', audit: 'identities.mapGroup' })
    .input(newGroupMapping)
    .mutation(({ ctx, input }): Promise<GroupMappingRow> => mapGroup(ctx, input)),

  unmapGroup: command({ permission: 'users.manage', audit: 'identities.unmapGroup' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => unmapGroup(ctx, input.id)),
})
