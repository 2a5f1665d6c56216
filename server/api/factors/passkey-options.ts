import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import { randomBytes } from 'node:crypto'
import { AppError } from '#server/errors.ts'
import { makeChallenge, proofChallenge } from '#server/factors/challenge.ts'
import { passkeyName } from '#server/factors/own-name.ts'
import { listCredentials } from '#server/store/factors/passkeys.ts'
import { factorKinds } from '#server/store/factors/factors.ts'
import { isOidcSession } from '#server/store/identities.ts'
import { findCredentialsOf } from '#server/store/users.ts'
import type { QueryContext } from '../trpc.ts'
import { needPerson, type Person } from '../users/person.ts'

/** What a passkey's challenge is for. */
export const registering = (person: Person) => `register|${person.sessionId}`
export const steppingUp = (person: Person) => `step-up|${person.sessionId}`

/** What the browser makes a new passkey with. Throws AppError `refused` where browsers know no name for the console. */
export async function registrationOptions(
  ctx: QueryContext,
  origin: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const person = needPerson(ctx.caller)
  const { store, secret } = ctx.services
  const rpID = nameAt(ctx, origin)
  const known = await listCredentials(store.pool, person.id, rpID)
  return generateRegistrationOptions({
    rpName: 'Matriarch',
    rpID,
    userID: new Uint8Array(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    userName: person.email,
    userDisplayName: person.name,
    challenge: bytesOf(makeChallenge(secret, registering(person), new Date())),
    attestationType: 'none',
    excludeCredentials: known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
}

/** How a person may show who they are: password and provider count only for who has no factor. */
export interface Ways {
  code: boolean
  password: boolean
  passkey: PublicKeyCredentialRequestOptionsJSON | null
  /** The provider, where who has no factor signs in again; null = not for this session. */
  provider: string | null
}

/** How the person who asks may step up. */
export async function stepUpWays(ctx: QueryContext, origin: string): Promise<Ways> {
  const person = needPerson(ctx.caller)
  const { store, secret } = ctx.services
  const kinds = await factorKinds(store.pool, person.id)
  const challenge = makeChallenge(secret, steppingUp(person), new Date())
  const passkey = await requestOptions(ctx, person, { origin, challenge })
  const hasNone = kinds.size === 0
  const hasPassword = hasNone && (await findCredentialsOf(store, person.id))?.passwordHash != null
  const isTheirs = hasNone && (await isOidcSession(store.pool, person.sessionId))
  const provider = isTheirs ? (ctx.services.oidc?.settings.name ?? null) : null
  return { code: kinds.has('totp'), password: hasPassword, passkey, provider }
}

/** How a person may prove an act: a passkey signs the act itself. */
export interface ProofWays {
  code: boolean
  passkey: { options: PublicKeyCredentialRequestOptionsJSON; nonce: string; issuedMs: number } | null
}

/** How the person who asks may prove this act. */
export async function proofWays(
  ctx: QueryContext,
  { origin, ...act }: { origin: string; purpose: string; subject: string },
): Promise<ProofWays> {
  const person = needPerson(ctx.caller)
  const kinds = await factorKinds(ctx.services.store.pool, person.id)
  const nonce = randomBytes(18).toString('base64url')
  const issuedMs = Date.now()
  const challenge = proofChallenge({ userId: person.id, ...act }, nonce, issuedMs)
  const options = await requestOptions(ctx, person, { origin, challenge })
  return { code: kinds.has('totp'), passkey: options && { options, nonce, issuedMs } }
}

async function requestOptions(
  ctx: QueryContext,
  person: Person,
  { origin, challenge }: { origin: string; challenge: string },
): Promise<PublicKeyCredentialRequestOptionsJSON | null> {
  const rpID = ctx.isOwnOrigin(origin) ? passkeyName(origin) : null
  if (rpID === null) return null
  const known = await listCredentials(ctx.services.store.pool, person.id, rpID)
  if (known.length === 0) return null
  return generateAuthenticationOptions({
    rpID,
    challenge: bytesOf(challenge),
    allowCredentials: known.map((id) => ({ id })),
    userVerification: 'preferred',
  })
}

function nameAt(ctx: QueryContext, origin: string): string {
  const name = ctx.isOwnOrigin(origin) ? passkeyName(origin) : null
  if (name !== null) return name
  throw new AppError(
    'refused',
    'Browsers keep passkeys only for a name with https, or for localhost. Open the console by its name (MATRIARCH_PUBLIC_URL), or use an authenticator app.',
  )
}

// The library reads a text as UTF-8 and a challenge is base64url of bytes.
function bytesOf(challenge: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(challenge, 'base64url'))
}
