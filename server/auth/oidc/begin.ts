import * as client from 'openid-client'
import { begunCookie, begunSeconds, sealBegun } from './begun.ts'
import { cookieLine } from '../cookies.ts'
import type { OidcServices } from './services.ts'

/** Begins a sign-in, `isAgain` one that the provider's own session must not answer: the provider's address to send the browser to, and the cookie that binds the answer to this browser. */
export async function beginOidc(
  { oidc, rules, secret }: OidcServices,
  { next, isAgain }: { next: string; isAgain: boolean },
): Promise<{ goTo: string; cookie: string }> {
  // Whoever is sent to a provider that is away sees its broken page instead of our sentence.
  const configuration = await oidc.configuration(true)
  const state = client.randomState()
  const nonce = client.randomNonce()
  const verifier = client.randomPKCECodeVerifier()
  const goTo = client.buildAuthorizationUrl(configuration, {
    redirect_uri: oidc.redirectUri,
    scope: oidc.settings.scopes.join(' '),
    state,
    nonce,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    // Each of the two is unknown to some provider.
    ...(isAgain && { prompt: 'login', max_age: '0' }),
  })
  const askedAgainAt = isAgain ? Date.now() : null
  const sealed = await sealBegun({ state, nonce, verifier, issuer: oidc.settings.issuer, next, askedAgainAt }, secret)
  return { goTo: goTo.href, cookie: cookieLine(rules, begunCookie(rules), sealed, begunSeconds) }
}
