import * as client from 'openid-client'
import { isOidcSession } from '#server/store/identities.ts'
import { cookieLine, readSessionSecret } from '../cookies.ts'
import type { AuthServices } from '../next-auth-handler.ts'
import { hashSecretText } from '../secret-text.ts'
import { signOut } from '../sign-out.ts'
import type { Oidc } from './provider.ts'

/** Ends the session here, and tells where the browser goes: to the provider to end its session too, if it began there. */
export async function answerSignOut(
  services: AuthServices & { oidc: Oidc | null },
  request: Request,
): Promise<Response> {
  const { store, rules, secret, oidc } = services
  const sessionSecret = await readSessionSecret(request.headers, rules, secret)
  const isTheirs =
    sessionSecret !== null && oidc !== null && (await isOidcSession(store.pool, hashSecretText(sessionSecret)))
  if (sessionSecret !== null) await signOut(store, sessionSecret)
  const goTo = (isTheirs && (await endAddress(services, oidc))) || '/sign-in'
  const headers = new Headers({ 'cache-control': 'no-store' })
  headers.append('set-cookie', cookieLine(rules, rules.session, '', 0))
  return Response.json({ goTo }, { headers })
}

// The provider knows its own session by its cookie; no token of theirs is kept here to show.
async function endAddress({ log }: AuthServices, oidc: Oidc): Promise<string | null> {
  try {
    const configuration = await oidc.configuration()
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null
    return client.buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${oidc.origin}/sign-in` }).href
  } catch (error) {
    log.warn({ error }, 'the provider of sign-ins was not reached to end its session')
    return null
  }
}
