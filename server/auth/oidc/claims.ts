import * as client from 'openid-client'
import { groupsIn } from '#domain/people/oidc/group-mapping.ts'
import { showsSecondFactor } from '#domain/people/oidc/second-factor.ts'
import type { OidcEnv } from '#server/env.ts'
import type { Begun } from './begun.ts'
import { OidcRefused } from './refused.ts'

/** Whom the provider says it let in. */
export interface Told {
  issuer: string
  subject: string
  name: string
  /** In lower case; null = none, or one that the provider has not confirmed. */
  email: string | null
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
  const { groupsClaim, stepUpWords } = settings
  // Providers that keep their ID tokens small tell the rest when asked.
  const isWhole = claims['email'] !== undefined && claims[groupsClaim] !== undefined
  const hasMore = !isWhole && configuration.serverMetadata().userinfo_endpoint !== undefined
  const more = hasMore ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub) : {}
  const told: Record<string, unknown> = { ...more, ...claims }
  const email = emailIn(told)
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name: textIn(told['name']) ?? textIn(told['preferred_username']) ?? email ?? claims.sub,
    email,
    groups: groupsIn(told[groupsClaim]),
    providerSession: textIn(claims['sid']),
    secondFactorAt: showsSecondFactor(claims, stepUpWords) ? momentOf(claims) : null,
    shownAt: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1_000),
  }
}

// An address that was never confirmed would let somebody go by another's name in the audit log.
function emailIn(told: Record<string, unknown>): string | null {
  const email = textIn(told['email'])?.toLowerCase() ?? null
  if (email === null || told['email_verified'] === false) return null
  return /^[\x21-\x3f\x41-\x7e]+@[a-z0-9.-]+$/.test(email) && email.length <= 200 ? email : null
}

function textIn(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim().slice(0, 200) : ''
  return text === '' ? null : text
}

function momentOf({ auth_time, iat }: { auth_time?: number; iat: number }): Date {
  return new Date((auth_time ?? iat) * 1_000)
}
