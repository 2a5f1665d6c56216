import { badgeSvg } from '#domain/availability/badge.ts'
import { toldOf, type Told } from '#domain/availability/way.ts'
import { addressOf } from '#server/auth/address.ts'
import { hashSecretText } from '#server/auth/secret-text.ts'
import { statusFacts } from '#server/store/availability/status-facts.ts'
import { findValidShare, noteView } from '#server/store/shares/links.ts'
import type { Store } from '#server/store/open.ts'
import { stateNow } from '../status/status.ts'
import type { Services } from '../context.ts'
import { watchPace } from './pace.ts'

/** Answers with the badge of an identifier such as `abc….svg`; one that is not good any more says so and names nothing. */
export async function answerBadge(
  { store, log }: Pick<Services, 'store' | 'log'>,
  request: Request,
  file: string,
): Promise<Response> {
  if (!watchPace.take(addressOf(request.headers), Date.now())) return picture(429, 'database', 'unseen')
  const [, token] = /^([\w-]{43})(?:\.svg)?$/.exec(file) ?? []
  if (token === undefined) return picture(404, 'database', 'not-valid')
  try {
    const share = await findValidShare(store.pool, { kind: 'badge', hash: hashSecretText(token) })
    if (!share) return picture(404, 'database', 'not-valid')
    await noteView(store.pool, share.id)
    return picture(200, share.title, await stateOf(store, share.clusterIds))
  } catch (error) {
    log.warn({ error }, 'a badge could not be told')
    // Without the store nothing is known: that is no word on the database.
    return picture(200, 'database', 'unseen')
  }
}

async function stateOf(store: Store, clusterIds: readonly string[]): Promise<Told> {
  const [facts] = await statusFacts(store.pool, clusterIds)
  if (facts === undefined) return 'unseen'
  const { state, way } = stateNow(facts, { standing: null }, new Date())
  return toldOf(state, way)
}

function picture(status: number, label: string, state: Parameters<typeof badgeSvg>[1]): Response {
  return new Response(badgeSvg(label, state), {
    status,
    headers: {
      'content-type': 'image/svg+xml; charset=utf-8',
      // Old news on a badge would be taken for news.
      'cache-control': 'public, max-age=5, must-revalidate',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    },
  })
}
