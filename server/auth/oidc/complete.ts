import { encode } from 'next-auth/jwt'
import { factorKinds } from '#server/store/factors/factors.ts'
import { insertOidcSession, takeOnce } from '#server/store/identities.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction } from '#server/store/open.ts'
import { markGood, takeTry } from '#server/store/sign-in-attempts.ts'
import { addressOf } from '../address.ts'
import { cookieLine, readSessionSecret } from '../cookies.ts'
import { openSessionIn, sessionHours, type SignInPlace } from '../open-session.ts'
import { hashSecretText } from '../secret-text.ts'
import { signOut } from '../sign-out.ts'
import { admit } from './admit.ts'
import { begunCookie, begunSeconds, openBegun } from './begun.ts'
import { exchange, type Told } from './claims.ts'
import { endForNoRight } from './end-for-no-right.ts'
import { OidcRefused } from './refused.ts'
import type { OidcServices } from './services.ts'

/** Takes the provider's answer that a browser brings and opens a session; throws OidcRefused. */
export async function completeOidc(
  services: OidcServices,
  request: Request,
): Promise<{ next: string; cookies: string[] }> {
  const { store, oidc, rules, secret } = services
  const address = addressOf(request.headers)
  const begun = await openBegun(request.headers, rules, secret)
  // Behind a proxy the request names another address than people see.
  const answer = new URL(oidc.redirectUri)
  answer.search = new URL(request.url).search
  if (!begun || begun.issuer !== oidc.settings.issuer) throw new OidcRefused('not-begun')
  if (answer.searchParams.get('state') !== begun.state) throw new OidcRefused('foreign')
  // Nothing before this costs anything or can be guessed: what strangers send without having begun counts against nobody.
  const taken = await takeTry(store, { kind: 'provider', account: '', address })
  if (!taken.ok) throw new OidcRefused('limited')
  const once = new Date(Date.now() + begunSeconds * 1_000)
  if (!(await takeOnce(store.pool, hashSecretText(begun.state), once))) throw new OidcRefused('used')
  const told = await exchange(await oidc.configuration(), answer, { begun, settings: oidc.settings })
  if (begun.askedAgainAt !== null && !wasAskedAgain(told, begun.askedAgainAt)) throw new OidcRefused('not-asked-again')
  const { sessionSecret, waitsForFactor } = await openSession(services, told, {
    address,
    userAgent: request.headers.get('user-agent') ?? '',
  })
  await markGood(store, taken.id)
  // A browser has one session: what it was signed in as before ends.
  const earlier = await readSessionSecret(request.headers, rules, secret)
  if (earlier !== null) await signOut(store, earlier)
  const maxAge = sessionHours * 3_600
  const sealed = await encode({ token: { sid: sessionSecret }, secret, maxAge })
  return {
    // What is still wanted is asked for there.
    next: waitsForFactor ? `/sign-in?${new URLSearchParams({ next: begun.next })}` : begun.next,
    cookies: [cookieLine(rules, rules.session, sealed, maxAge), cookieLine(rules, begunCookie(rules), '', 0)],
  }
}

async function openSession(
  { store, oidc: { settings } }: OidcServices,
  told: Told,
  from: SignInPlace,
): Promise<{ sessionSecret: string; waitsForFactor: boolean }> {
  const { issuer, subject, providerSession, secondFactorAt, shownAt } = told
  return inTransaction(store, async (tx) => {
    const { person, identityId, isNew, rights } = await admit(tx, told, settings.rightsDays)
    // Who has a second factor here gives it, but where the provider has seen one that counts.
    const waitsForFactor = secondFactorAt === null && (await factorKinds(tx, person.id)).size > 0
    const named = rights.map(({ group, role, scope }) => ({ group, role, scope }))
    const detail = { provider: settings.name, issuer, subject, isNew, rights: named }
    const opening = { person, from, waitsForFactor, replaces: null, shownAt, detail }
    const { id, sessionSecret } = await openSessionIn(tx, opening)
    await insertOidcSession(tx, { sessionId: id, identityId, providerSession, secondFactorAt })
    if (isNew) await notify(tx, { kind: 'users' })
    return { sessionSecret, waitsForFactor }
  }).catch(async (error: unknown) => {
    if (!(error instanceof OidcRefused)) throw error
    if (error.why === 'no-group') await endForNoRight(store, told)
    throw new OidcRefused(error.why, {
      ...(error.who && { who: error.who }),
      detail: {
        issuer,
        subject,
        groups: told.groups.slice(0, 50),
        ...(error.why === 'no-email' && { wrong: told.emailProblem }),
      },
    })
  })
}

/** Clocks may differ by so much. */
const skewMs = 30_000

function wasAskedAgain({ shownAt }: Told, since: number): boolean {
  return shownAt !== null && shownAt.getTime() >= since - skewMs
}
