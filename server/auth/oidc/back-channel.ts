import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { z } from 'zod'
import { askProvider } from '#server/adapters/oidc/ask-provider.ts'
import { recordAudit } from '#server/audit/record.ts'
import { restGroupGrants } from '#server/store/group-mappings.ts'
import { endProviderSessions, takeOnce } from '#server/store/identities.ts'
import { notify } from '#server/store/notify.ts'
import { inTransaction } from '#server/store/open.ts'
import { markGood, takeTry } from '#server/store/sign-in-attempts.ts'
import { addressOf } from '../address.ts'
import { hashSecretText } from '../secret-text.ts'
import type { Oidc } from './provider.ts'
import type { OidcServices } from './services.ts'

/**
 * Ends the sessions that a provider's logout token names (OpenID Connect Back-Channel Logout 1.0), and lets rights by groups rest where it names
 * the person alone; 400 for a token that does not hold.
 */
export async function answerBackChannel(services: OidcServices, request: Request): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  try {
    // Each token costs a question to the provider.
    const taken = await takeTry(services.store, {
      kind: 'provider logout',
      account: '',
      address: addressOf(request.headers),
    })
    if (!taken.ok) return new Response(null, { status: 429, headers })
    const form = new URLSearchParams((await request.text()).slice(0, 16_384))
    const ended = await readLogoutToken(services.oidc, form.get('logout_token') ?? '')
    const isNew = await takeOnce(
      services.store.pool,
      hashSecretText(`logout ${ended.id}`),
      new Date(Date.now() + 3_600_000),
    )
    if (!isNew) throw new Error('The token was used before.')
    await endSessions(services, ended)
    await markGood(services.store, taken.id)
    return new Response(null, { status: 200, headers })
  } catch (error) {
    services.log.warn({ error }, 'a logout token was refused')
    return Response.json({ error: 'invalid_request' }, { status: 400, headers })
  }
}

interface Ended {
  id: string
  issuer: string
  subject: string | null
  providerSession: string | null
}

async function readLogoutToken(oidc: Oidc, token: string): Promise<Ended> {
  const { issuer, jwks_uri: keysAt } = (await oidc.configuration()).serverMetadata()
  if (keysAt === undefined) throw new Error('The provider names no keys.')
  const keys = keySet.parse(await (await askProvider(keysAt, { method: 'GET', headers: {} })).json())
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer,
    audience: oidc.settings.clientId,
    algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
    maxTokenAge: '10m',
    clockTolerance: 30,
  })
  const { jti, sub = null, sid = null } = claims.parse(payload)
  if ('nonce' in payload) throw new Error('An ID token is no logout token.')
  if (sub === null && sid === null) throw new Error('The token names nobody.')
  return { id: jti, issuer, subject: sub, providerSession: sid }
}

async function endSessions({ store, oidc }: OidcServices, ended: Ended): Promise<void> {
  await inTransaction(store, async (tx) => {
    const sessions = await endProviderSessions(tx, ended)
    for (const { sessionId, userId, email } of sessions) {
      await recordAudit(tx, {
        actor: { id: userId, name: email, kind: 'user' },
        action: 'session.end',
        target: email,
        cluster: null,
        reason: null,
        outcome: 'done',
        operationId: null,
        detail: { session: sessionId, endedBy: oidc.settings.name },
      })
    }
    const { issuer, subject, providerSession } = ended
    // All of the person's sessions are meant where none is named: what is left of them, tokens above all, has no more by their groups.
    const rested = subject !== null && providerSession === null ? await restGroupGrants(tx, { issuer, subject }) : null
    if (rested) {
      await recordAudit(tx, {
        actor: { id: rested.userId, name: rested.email, kind: 'user' },
        action: 'users.restRights',
        target: rested.email,
        cluster: null,
        reason: null,
        outcome: 'done',
        operationId: null,
        detail: { endedBy: oidc.settings.name },
      })
    }
    if (sessions.length > 0 || rested) await notify(tx, { kind: 'users' })
  })
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'
const claims = z.object({
  jti: z.string().min(1),
  sub: z.string().min(1).optional(),
  sid: z.string().min(1).optional(),
  events: z.looseObject({ [logoutEvent]: z.looseObject({}) }),
})
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }) satisfies z.ZodType<JSONWebKeySet>
