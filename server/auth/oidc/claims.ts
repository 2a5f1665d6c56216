import * as client from 'openid-client'
import { groupsIn } from '#domain/people/oidc/group-mapping.ts'
import { toldEmail } from '#domain/people/oidc/told-email.ts'
import { showsSecondFactor } from '#domain/people/oidc/second-factor.ts'
import type { OidcEnv } from '#server/env.ts'
import type { Begun } from './begun.ts'
import { OidcRefused } from './refused.ts'

/** Whom the provider says it let in. */
export interface Told {
  issuer: string
  subject: string
  name: string
  /** In lower case; null = none that counts. */
  email: string | null
  /** Why none counts; null = one does. */
  emailProblem: string | null
  groups: string[]
  /** The provider's own name for its session. */
  providerSession: string | null
  /** When a second factor was shown, where that counts; null = it does not, or was not. */
  secondFactorAt: Date | null
  /** When the provider last asked the person who they are; null = it does not say. */
  shownAt: Date | null
}

/** Exchanges the code of the provider's answer, checks every part of what comes back, and returns whom it speaks of. */
export async function exchange(
  configuration: client.Configuration,
  answer: URL,
  { begun, settings }: { begun: Begun; settings: OidcEnv },
): Promise<Told> {
  const tokens = await client.authorizationCodeGrant(configuration, answer, {
    expectedState: begun.state,
    expectedNonce: begun.nonce,
    pkceCodeVerifier: begun.verifier,
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new OidcRefused('bad-answer', { detail: { wrong: 'There is no ID token.' } })
  if (claims.sub.length > 255) throw new OidcRefused('bad-answer', { detail: { wrong: 'The subject is too long.' } })
  const { groupsClaim, stepUpWords, emailRule } = settings
  // Providers that keep their ID tokens small tell the rest when asked.
  const saysEnough = claims['email_verified'] !== undefined || emailRule !== 'required'
  const isWhole = claims['email'] !== undefined && saysEnough && claims[groupsClaim] !== undefined
  const hasMore = !isWhole && configuration.serverMetadata().userinfo_endpoint !== undefined
  const more = hasMore ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {}
  const told: Record<string, unknown> = { ...more, ...claims }
  const judged = toldEmail([claims, more], emailRule)
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: textIn(told['name']) ?? textIn(told['preferred_username']) ?? judged.email ?? claims.sub,
    email: judged.email,
    emailProblem: judged.email === null ? judged.wrong : null,
    groups: groupsIn(told[groupsClaim]),
    providerSession: textIn(claims['sid']),
    secondFactorAt: showsSecondFactor(claims, stepUpWords) ? momentOf(claims) : null,
    shownAt: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1_000),
  }
}

function textIn(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim().slice(0, 200) : ''
  return text === '' ? null : text
}

function momentOf({ auth_time, iat }: { auth_time?: number; iat: number }): Date {
  return new Date((auth_time ?? iat) * 1_000)
}
