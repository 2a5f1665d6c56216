import * as client from 'openid-client'
import type { OidcRefusal } from '#domain/people/oidc/refusal.ts'
import { isAppError } from '#server/errors.ts'

/** A sign-in with a provider that came to nothing: why, and for the audit log whom it was about and what was wrong. */
export class OidcRefused extends Error {
  readonly why: OidcRefusal
  readonly who: { id: string | null; name: string } | null
  readonly detail: Record<string, unknown>

  constructor(
    why: OidcRefusal,
    options: { cause?: unknown; who?: { id: string | null; name: string }; detail?: Record<string, unknown> } = {},
  ) {
    super(why, { cause: options.cause })
    this.name = 'OidcRefused'
    this.why = why
    this.who = options.who ?? null
    this.detail = options.detail ?? {}
  }
}

/** What went wrong while the provider was asked, as a refusal; what is of our own making stays what it was. */
export function refusalOf(error: unknown): OidcRefused | null {
  if (error instanceof OidcRefused) return error
  const chain = causesOf(error)
  for (const each of chain) {
    if (each instanceof client.AuthorizationResponseError) {
      const told = { error: each.error, description: each.error_description?.slice(0, 300) ?? null }
      return new OidcRefused(each.error === 'access_denied' ? 'denied' : 'provider-error', {
        cause: error,
        detail: told,
      })
    }
    if (each instanceof client.ResponseBodyError) {
      const told = { error: each.error, description: each.error_description?.slice(0, 300) ?? null }
      return new OidcRefused('provider-error', { cause: error, detail: told })
    }
    if (isAppError(each)) {
      if (each.code === 'store-unreachable' || each.code === 'internal') return null
      const why = appRefusals[each.code] ?? 'bad-answer'
      return new OidcRefused(why, { cause: error, detail: { wrong: each.message.slice(0, 300) } })
    }
    if (each instanceof client.ClientError && each.code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') {
      const status = each.cause instanceof Response ? each.cause.status : null
      return new OidcRefused('provider-error', { cause: error, detail: { status } })
    }
    if (each.name === 'TimeoutError' || each.name === 'AbortError') return new OidcRefused('slow', { cause: error })
  }
  if (!chain.some((each) => each instanceof client.ClientError || 'code' in each)) return null
  const wrong = chain.map(({ message }) => message).join(': ')
  return new OidcRefused('bad-answer', { cause: error, detail: { wrong: wrong.slice(0, 300) } })
}

const appRefusals: Partial<Record<string, OidcRefusal>> = { unreachable: 'unreachable', timeout: 'slow' }

function causesOf(error: unknown): Error[] {
  const chain: Error[] = []
  for (let each = error; each instanceof Error && chain.length < 6; each = each.cause) chain.push(each)
  return chain
}
