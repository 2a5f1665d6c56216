import { z } from 'zod'
import { longestDays, shareKinds, type ShareLink } from '#domain/people/share-link.ts'
import { listShares } from '#server/store/shares/links.ts'
import { existingName, id } from '../inputs/fields.ts'
import { createShare, revokeShareOf, type MadeShare } from '../shares/shares.ts'
import { command, query, router } from '../trpc.ts'

const newShare = z
  .strictObject({
    kind: z.enum(shareKinds).default('page'),
    title: z.string().trim().min(1, 'Is empty.').max(60, 'Is too long.'),
    clusters: z.array(existingName).min(1, 'Choose at least one cluster.').max(100),
    expiresInDays: z.int().min(1).max(longestDays.badge).default(longestDays.page),
  })
  .refine(({ kind, expiresInDays }) => expiresInDays <= longestDays[kind], {
    path: ['expiresInDays'],
    message: 'A page is shared for 30 days at most.',
  })
  .refine(({ kind, clusters }) => kind === 'page' || clusters.length === 1, {
    path: ['clusters'],
    message: 'A badge tells of one cluster.',
  })

export const sharesRouter = router({
  list: query({ permission: 'shares.manage', concern: 'everywhere' }).query(({ ctx }): Promise<ShareLink[]> =>
    listShares(ctx.services.store.pool),
  ),

  /** Its token is told once, here. */
  create: command({ permission: 'shares.manage', concern: 'everywhere', audit: 'shares.create', stepUp: true })
    .input(newShare)
    .mutation(({ ctx, input }): Promise<MadeShare> => createShare(ctx, input)),

  revoke: command({ permission: 'shares.manage', concern: 'everywhere', audit: 'shares.revoke' })
    .input(z.strictObject({ id }))
    .mutation(({ ctx, input }): Promise<ShareLink> => revokeShareOf(ctx, input.id)),
})
