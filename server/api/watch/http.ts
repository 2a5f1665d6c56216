import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { cookieLine, readCookie } from '#server/auth/cookies.ts'
import { addressOf } from '#server/auth/address.ts'
import { hashSecretText } from '#server/auth/secret-text.ts'
import { makeWatchCookie, readWatchCookie, watchSeconds } from '#server/auth/watch-cookie.ts'
import { AppError } from '#server/errors.ts'
import { takeShareTry } from '#server/store/shares/attempts.ts'
import { countView, findValidShare, noteView } from '#server/store/shares/links.ts'
import type { Services } from '../context.ts'
import { toTrpcError } from '../errors.ts'
import { refuseForeign, refuseLongBody } from '../guard.ts'
import { answerProblem } from '../rest/problem.ts'
import { watchRoot, type WatchRouter } from './root.ts'
import { watchPace } from './pace.ts'
import type { WatchContext } from './trpc.ts'

/**
 * Exchanges the token of a link, which a page has from the fragment of its own address, for a cookie that lets it look for a quarter of an
 * hour. A wrong token, a revoked link and one that has ended are told apart by nobody.
 */
export async function enterByLink(services: Services, request: Request): Promise<Response> {
  try {
    refuseForeign(request, services.origins)
    refuseLongBody(request, 1_000)
    const { store, secret, rules } = services
    if (!(await takeShareTry(store.pool, addressOf(request.headers))))
      throw new AppError('limited', 'Too many tries from this address. Wait a minute, then open the link again.')
    const token = tokenIn(await request.json().catch(() => null))
    const share =
      token === null ? null : await findValidShare(store.pool, { kind: 'page', hash: hashSecretText(token) })
    if (!share) throw new AppError('unauthenticated', notGood)
    const now = new Date()
    const isKnown = readWatchCookie(secret, readCookie(request.headers, rules.watch), now) === share.id
    if (!isKnown) await countView(store.pool, share.id)
    const line = cookieLine(rules, rules.watch, makeWatchCookie(secret, share.id, now), watchSeconds)
    return Response.json({ share: share.id }, { headers: { ...toWatchers, 'set-cookie': line } })
  } catch (error) {
    const response = answerProblem(error, services.log, new URL(request.url).pathname)
    for (const [name, value] of Object.entries(toWatchers)) response.headers.set(name, value)
    return response
  }
}

/** Answers a look of who entered by a link; only GET leads here. */
export async function answerWatch(services: Services, request: Request): Promise<Response> {
  const { store, secret, rules } = services
  const response = await fetchRequestHandler<WatchRouter>({
    endpoint: '/api/watch',
    req: request,
    router: watchRoot,
    allowMethodOverride: false,
    maxBatchSize: 4,
    async createContext({ req, resHeaders }): Promise<WatchContext> {
      try {
        refuseForeign(req, services.origins)
        if (req.method !== 'GET') throw new AppError('forbidden', 'Here one can only look.')
        if (!watchPace.take(addressOf(req.headers), Date.now()))
          throw new AppError('limited', 'Too many looks from this address. Wait a minute.')
        const now = new Date()
        const id = readWatchCookie(secret, readCookie(req.headers, rules.watch), now)
        // Two links in one browser have one cookie: a page is never answered by the other's.
        const isAsked = id !== null && req.headers.get('x-share') === id
        const share = isAsked ? await findValidShare(store.pool, { kind: 'page', id }) : null
        if (!share) throw new AppError('unauthenticated', notGood)
        await noteView(store.pool, share.id)
        resHeaders.append(
          'set-cookie',
          cookieLine(rules, rules.watch, makeWatchCookie(secret, share.id, now), watchSeconds),
        )
        return { store, share }
      } catch (error) {
        throw toTrpcError(error)
      }
    },
  })
  for (const [name, value] of Object.entries(toWatchers)) response.headers.set(name, value)
  return response
}

const notGood = 'This link is not good any more. Ask whoever gave it to you for a new one.'

const toWatchers = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

function tokenIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('token' in body)) return null
  return typeof body.token === 'string' && /^[\w-]{43}$/.test(body.token) ? body.token : null
}
