import { Secret, TOTP } from 'otpauth'
import { everywhere, type Grant } from '#domain/people/grant.ts'
import type { Role } from '#domain/people/permission.ts'
import { verifyRegistrationResponse } from '@simplewebauthn/server'
import { insertAuthenticator } from '#server/store/factors/authenticators.ts'
import { insertPasskey } from '#server/store/factors/passkeys.ts'
import type { WorkerKeys } from '#server/store/keys.ts'
import type { Store } from '#server/store/open.ts'
import { insertUser } from '#server/store/users.ts'
import { SoftPasskey } from './soft-passkey.ts'

/** Somebody without a password that works; returns the id. */
export async function addPerson(
  store: Store,
  email: string,
  held: Role | readonly Grant[] = 'operator',
): Promise<string> {
  const grants = typeof held === 'string' ? [everywhere(held)] : held
  const user = await insertUser(store.pool, { email, name: email, grants, passwordHash: 'x', grantedBy: 'test' })
  if (!user) throw new Error(`${email} is there already`)
  return user.id
}

/** An authenticator app as a person holds it. */
export class TestAuthenticator {
  readonly secret: string
  readonly id: string

  constructor(id: string, secret: string) {
    this.id = id
    this.secret = secret
  }

  /** The code that it shows `steps` later. */
  code(steps = 0): string {
    const totp = new TOTP({ secret: Secret.fromBase32(this.secret) })
    return totp.generate({ timestamp: Date.now() + steps * 30_000 })
  }
}

/** Registers an authenticator app, no code of which was used yet. */
export async function addAuthenticator(
  store: Store,
  keys: WorkerKeys,
  userId: string,
  { isVouched = false }: { isVouched?: boolean } = {},
): Promise<TestAuthenticator> {
  const secret = new Secret({ size: 20 }).base32
  const id = await insertAuthenticator(store.pool, keys, { userId, name: 'phone', secret, step: 0 })
  if (isVouched) await markVouched(store, id)
  return new TestAuthenticator(id, secret)
}

/** Registers a passkey. */
export async function addPasskey(
  store: Store,
  userId: string,
  { isVouched = false }: { isVouched?: boolean } = {},
): Promise<{ id: string; passkey: SoftPasskey }> {
  const passkey = new SoftPasskey()
  const challenge = Buffer.from('registering').toString('base64url')
  const { registrationInfo } = await verifyRegistrationResponse({
    response: passkey.register(challenge),
    expectedChallenge: challenge,
    expectedOrigin: passkey.origin,
    requireUserVerification: false,
  })
  if (!registrationInfo) throw new Error('the passkey does not verify')
  const { id: credentialId, publicKey } = registrationInfo.credential
  const id = await insertPasskey(store.pool, { userId, name: 'key', credentialId, publicKey, rpId: 'localhost' })
  if (id === null) throw new Error('the passkey is there already')
  if (isVouched) await markVouched(store, id)
  return { id, passkey }
}

async function markVouched(store: Store, id: string): Promise<void> {
  await store.pool.query(`update factor set vouched_at = now(), vouched_by = 'test' where id = $1`, [id])
}
