import type { ShareKind, ShareLink } from '#domain/people/share-link.ts'
import { hashSecretText, makeSecretText } from '#server/auth/secret-text.ts'
import { AppError } from '#server/errors.ts'
import { findShare, insertShare, revokeShare } from '#server/store/shares/links.ts'
import { needCluster } from '../clusters/need.ts'
import type { CommandContext } from '../trpc.ts'

export interface ShareAsked {
  kind: ShareKind
  title: string
  clusters: string[]
  expiresInDays: number
}

/** A link with its token, which is told once. */
export interface MadeShare {
  share: ShareLink
  token: string
  /** Below the console's own address. */
  path: string
}

/** Makes a link for those who only watch. */
export async function createShare({ act, services: { store } }: CommandContext, asked: ShareAsked): Promise<MadeShare> {
  const { kind, title, clusters: names, expiresInDays } = asked
  const clusters = await Promise.all(names.map((name) => needCluster(store, name)))
  const [only] = clusters
  const cluster = only && clusters.length === 1 ? { id: only.id, name: only.name } : null
  const detail = { kind, clusters: clusters.map(({ name }) => name), expiresInDays }
  act.on({ target: title, cluster, reason: null, detail })
  const token = makeSecretText()
  const share = await act.commit(async (tx) => {
    const id = await insertShare(tx, {
      kind,
      title,
      hash: hashSecretText(token),
      clusterIds: [...new Set(clusters.map((each) => each.id))],
      createdBy: act.actor.name,
      expiresAt: new Date(Date.now() + expiresInDays * 86_400_000),
    })
    return findShare(tx, id)
  })
  if (!share) throw new AppError('internal', 'The link was not kept.')
  return { share, token, path: kind === 'page' ? `/status#${token}` : `/badge/${token}.svg` }
}

/** Revokes a link for good: whoever uses it is shown nothing from the next look on. */
export async function revokeShareOf({ act, services: { store } }: CommandContext, id: string): Promise<ShareLink> {
  const share = await findShare(store.pool, id)
  if (!share) throw new AppError('not-found', 'There is no such link.')
  act.on({ target: share.title, cluster: null, reason: null, detail: { kind: share.kind, clusters: share.clusters } })
  return act.commit(async (tx) => {
    if (!(await revokeShare(tx, id, act.actor.name)))
      throw new AppError('conflict', `${share.title} has been revoked before.`)
    return (await findShare(tx, id)) ?? share
  })
}
