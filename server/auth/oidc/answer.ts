import { recordAudit } from '#server/audit/record.ts'
import { takeAllowance } from '#server/store/allowances.ts'
import { limitedAddress } from '#server/store/limited-address.ts'
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
  const address = addressOf(request.headers)
  const name = refused.who?.name ?? 'unknown'
  const entry = {
    actor: { id: refused.who?.id ?? null, name, kind: 'user' as const },
    action: 'session.signIn',
    target: name,
    cluster: null,
    reason: null,
    outcome: 'refused' as const,
    operationId: null,
    detail: { address, provider: oidc.settings.name, why: refused.why, ...refused.detail },
  }
  try {
    if (refused.who !== null || (await mayRecordStranger(store, address))) {
      await inTransaction(store, (tx) => recordAudit(tx, entry))
    } else log.warn({ address, why: refused.why }, 'one of too many refused sign-ins was not recorded')
  } catch (error) {
    log.error({ error, why: refused.why }, 'a refused sign-in could not be recorded')
  }
}

// Whoever sends answers to nothing must not fill the audit log, from one address or from many; it goes by a limit of its own that keeps nobody out.
async function mayRecordStranger(store: OidcServices['store'], address: string): Promise<boolean> {
  const own = await takeAllowance(store, `strangers recorded from ${limitedAddress(address)}`, recorded.fromOne)
  return own.ok && (await takeAllowance(store, 'strangers recorded', recorded.fromAll)).ok
}

const recorded = { fromOne: { atOnce: 50, aMinute: 4 }, fromAll: { atOnce: 500, aMinute: 60 } }

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
