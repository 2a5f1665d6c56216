import { authenticatorContext, type Registration } from '#domain/people/factor-question.ts'
import { AppError } from '#server/errors.ts'
import { isChallenge } from '#server/factors/challenge.ts'
import { readSealingKey } from '#server/store/keys.ts'
import { sealForWorkers } from '#server/store/seal.ts'
import type { CommandContext } from '../trpc.ts'
import { needPerson } from '../users/person.ts'
import { registerFactor, type Registered } from './own-factors.ts'
import { registering } from './passkey-options.ts'

/** Registers an authenticator app: the secret goes to a worker, sealed, and is kept nowhere else. */
export async function addTotp(
  ctx: CommandContext,
  { name, ...authenticator }: { name: string; secret: string; code: string },
): Promise<Registered> {
  const person = needPerson(ctx.caller)
  ctx.act.on({ target: person.email, cluster: null, reason: null, detail: { name } })
  const key = await readSealingKey(ctx.services.store.pool)
  const sealed = sealForWorkers(key, JSON.stringify(authenticator), authenticatorContext(person.id))
  return registerFactor(ctx, { verb: 'register-totp', userId: person.id, name }, sealed)
}

/** Registers a passkey that was made with a challenge of this session. */
export async function addPasskey(
  ctx: CommandContext,
  { name, origin, registration }: { name: string; origin: string; registration: Registration },
): Promise<Registered> {
  const person = needPerson(ctx.caller)
  ctx.act.on({ target: person.email, cluster: null, reason: null, detail: { name } })
  const challenge = challengeIn(registration.response.clientDataJSON)
  const isOwn = isChallenge(ctx.services.secret, registering(person), challenge, new Date())
  if (!isOwn || !ctx.isOwnOrigin(origin)) {
    throw new AppError('refused', 'The passkey was not made for this sign-in, or too long ago. Begin again.')
  }
  const question = { verb: 'register-passkey', userId: person.id, name, origin, challenge, registration } as const
  return registerFactor(ctx, question, null)
}

function challengeIn(clientDataJSON: string): string {
  try {
    const told: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
    return typeof told === 'object' && told !== null && 'challenge' in told ? String(told.challenge) : ''
  } catch {
    return ''
  }
}
