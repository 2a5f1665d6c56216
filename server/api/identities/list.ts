import type { EmailRule } from '#domain/people/oidc/told-email.ts'
import { listIdentities, type IdentityRow } from '#server/store/identities.ts'
import type { QueryContext } from '../trpc.ts'

/** Where people sign in beside by password, as it is configured. */
export interface SignInProvider {
  name: string
  issuer: string
  clientId: string
  scopes: readonly string[]
  groupsClaim: string
  /** Whether the provider must say that an e-mail address is confirmed. */
  emailRule: EmailRule
  /** Values of acr or amr that stand for a second factor; none = the provider's word on it does not count. */
  stepUpWords: readonly string[]
  /** For how many days after a sign-in with the provider its groups' rights count. */
  rightsDays: number
  redirectUri: string
  backChannelLogoutUri: string
  postLogoutRedirectUri: string
}

/** The provider that this console was started with; null = none. */
export function showProvider({ services: { oidc } }: QueryContext): SignInProvider | null {
  if (!oidc) return null
  const { name, issuer, clientId, scopes, groupsClaim, emailRule, stepUpWords, rightsDays } = oidc.settings
  return {
    name,
    issuer,
    clientId,
    scopes,
    groupsClaim,
    emailRule,
    stepUpWords,
    rightsDays,
    redirectUri: oidc.redirectUri,
    backChannelLogoutUri: `${oidc.origin}/api/auth/oidc/back-channel-logout`,
    postLogoutRedirectUri: `${oidc.origin}/sign-in`,
  }
}

/** A page of identities; `next` is the cursor of the page after it, null on the last. */
export async function listIdentityPage(
  { services: { store } }: QueryContext,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ identities: IdentityRow[]; next: string | null }> {
  const found = await listIdentities(store, { after: cursor ?? null, limit: limit + 1 })
  const identities = found.slice(0, limit)
  return { identities, next: found.length > limit ? (identities.at(-1)?.id ?? null) : null }
}
