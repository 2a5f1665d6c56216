/** A page by a token in the fragment of its address, or a badge by an identifier in its path that nobody can guess. */
export type ShareKind = (typeof shareKinds)[number]

export const shareKinds = ['page', 'badge'] as const

/** A link for those who only watch, without its token, which is told once. */
export interface ShareLink {
  id: string
  kind: ShareKind
  /** What it is for; on a badge, its label. */
  title: string
  clusters: string[]
  createdBy: string
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  revokedBy: string | null
  views: number
  lastViewedAt: Date | null
}

/** How long a link may hold, days: a page opens more than a badge does. */
export const longestDays = { page: 30, badge: 365 } as const satisfies Record<ShareKind, number>

/** How a link stands at `now`. */
export function shareState(
  { revokedAt, expiresAt }: Pick<ShareLink, 'revokedAt' | 'expiresAt'>,
  now: Date,
): 'valid' | 'revoked' | 'ended' {
  if (revokedAt !== null) return 'revoked'
  return expiresAt > now ? 'valid' : 'ended'
}
