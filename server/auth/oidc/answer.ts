import { recordAudit } from '#server/audit/record.ts'
import { inTransaction } from '#server/store/open.ts'
import { addressOf } from '../address.ts'
import { cookieLine } from '../cookies.ts'
import { beginOidc } from './begin.ts'
import { begunCookie } from './begun.ts'
import { completeOidc } from './complete.ts'
import { OidcRefused, refusalOf } from './refused.ts'
import type { OidcServices } from './services.ts'

/** Sends the browser to the provider, or back to the sign-in page with the word for why not. */
export async function answerBegin(services: OidcServices, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams
  const next = pathHere(query.get('next'), services.oidc.origin)
  try {
    const { goTo, cookie } = await beginOidc(services, { next, isAgain: query.get('again') === '1' })
    return redirect(goTo, [cookie])
  } catch (error) {
    // Nobody has come yet whom an audit record could be about: the log says what was wrong.
    services.log.warn({ error }, 'a sign-in with the provider could not be begun')
    return refuse(services, refusalOf(error) ?? new OidcRefused('failed', { cause: error }), next)
  }
}

/** Takes the provider's answer: opens a session and sends the browser on, or back to the sign-in page with the word for why not. */
export async function answerCallback(services: OidcServices, request: Request): Promise<Response> {
  try {
    const { next, cookies } = await completeOidc(services, request)
    return redirect(next, cookies)
  } catch (error) {
    const refused = refusalOf(error)
    if (!refused) services.log.error({ error }, 'a sign-in with the provider failed')
    const told = refused ?? new OidcRefused('failed', { cause: error })
    await recordRefused(services, request, told)
    return refuse(services, told, '/')
  }
}

async function recordRefused({ store, log, oidc }: OidcServices, request: Request, refused: OidcRefused) {
  // Nobody fills the log with what is refused for being too much.
  if (refused.why === 'limited') return
  const name = refused.who?.name ?? 'unknown'
  const entry = {
    actor: { id: refused.who?.id ?? null, name, kind: 'user' as const },
    action: 'session.signIn',
    target: name,
    cluster: null,
    reason: null,
    outcome: 'refused' as const,
    operationId: null,
    detail: { address: addressOf(request.headers), provider: oidc.settings.name, why: refused.why, ...refused.detail },
  }
  await inTransaction(store, (tx) => recordAudit(tx, entry)).catch((error: unknown) =>
    log.error({ error, why: refused.why }, 'a refused sign-in could not be recorded'),
  )
}

// A word, not a sentence: nobody else can have the sign-in page say something by an address.
function refuse({ rules }: OidcServices, { why }: OidcRefused, next: string): Response {
  const query = new URLSearchParams({ refused: why, ...(next !== '/' && { next }) })
  return redirect(`/sign-in?${query}`, [cookieLine(rules, begunCookie(rules), '', 0)])
}

function redirect(location: string, cookies: readonly string[]): Response {
  const headers = new Headers({ location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}

function pathHere(next: string | null, origin: string): string {
  if (next === null || !next.startsWith('/') || !URL.canParse(next, origin)) return '/'
  const { origin: there, pathname, search } = new URL(next, origin)
  return there === origin && !pathname.startsWith('//') ? pathname + search : '/'
}
