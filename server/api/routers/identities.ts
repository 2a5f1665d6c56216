import { z } from 'zod'
import { listGroupMappings, type GroupMappingRow } from '#server/store/group-mappings.ts'
import type { IdentityRow } from '#server/store/identities.ts'
import { mapGroup, unmapGroup } from '../identities/groups.ts'
import { linkIdentity, unlinkIdentity } from '../identities/link.ts'
import { listIdentityPage, showProvider, type SignInProvider } from '../identities/list.ts'
import { id, limit } from '../inputs/fields.ts'
import { newGroupMapping } from '../inputs/group-mapping.ts'
import { command, query, router } from '../trpc.ts'

const permission = 'users.manage'
const concern = 'everywhere'

const subject = z.string().trim().min(1, 'Is empty.').max(255, 'Is too long.')

/** Who people are to the provider of sign-ins, and what its groups give. */
export const identitiesRouter = router({
  provider: query({ permission, concern }).query(({ ctx }): SignInProvider | null => showProvider(ctx)),

  list: query({ permission, concern })
    .input(z.strictObject({ cursor: id.optional(), limit }))
    .query(({ ctx, input }): Promise<{ identities: IdentityRow[]; next: string | null }> =>
      listIdentityPage(ctx, input),
    ),

  link: command({ permission, concern, audit: 'identities.link', stepUp: true })
    .input(z.strictObject({ userId: id, subject }))
    .mutation(({ ctx, input }): Promise<IdentityRow> => linkIdentity(ctx, input)),

  unlink: command({ permission, concern, audit: 'identities.unlink', stepUp: true })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => unlinkIdentity(ctx, input.id)),

  groups: query({ permission, concern }).query(({ ctx }): Promise<GroupMappingRow[]> =>
    listGroupMappings(ctx.services.store.pool),
  ),

  mapGroup: command({ permission, concern, audit: 'identities.mapGroup', stepUp: true })
    .input(newGroupMapping)
    .mutation(({ ctx, input }): Promise<GroupMappingRow> => mapGroup(ctx, input)),

  unmapGroup: command({ permission, concern, audit: 'identities.unmapGroup', stepUp: true })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<{ id: string }> => unmapGroup(ctx, input.id)),
})
