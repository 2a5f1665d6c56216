import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import type { Factor, SecondFactorPolicy } from '#domain/people/factor.ts'
import { actorOf } from '#server/auth/caller.ts'
import { AppError } from '#server/errors.ts'
import { factorKinds, listFactors } from '#server/store/factors/factors.ts'
import { readSignInPolicy, writeSignInPolicy, type SignInPolicy } from '#server/store/factors/policy.ts'
import { askWorker } from '../factors/ask-worker.ts'
import { listOwnFactors, makeNewRecoveryCodes, type OwnFactors, type Registered } from '../factors/own-factors.ts'
import { proofWays, registrationOptions, type ProofWays } from '../factors/passkey-options.ts'
import { addPasskey, addTotp } from '../factors/register.ts'
import { id } from '../inputs/fields.ts'
import { code, origin, registration } from '../inputs/proof.ts'
import { command, query, router, type CommandContext } from '../trpc.ts'
import { needUser } from '../users/need.ts'
import { needPerson } from '../users/person.ts'

const name = z.string().trim().min(1, 'Is empty.').max(60, 'Is too long.')

/** What people prove themselves with beside the password. */
export const factorsRouter = router({
  list: query({ permission: 'session.own', concern: 'self' })
    .input(z.strictObject({ origin }))
    .query(({ ctx, input }): Promise<OwnFactors> => listOwnFactors(ctx, input.origin)),

  /** Those of somebody else. */
  of: query({ permission: 'users.manage', concern: 'everywhere' })
    .input(z.strictObject({ id }))
    .query(async ({ ctx, input }): Promise<Factor[]> => {
      const { pool } = ctx.services.store
      return listFactors(pool, (await needUser(pool, input.id)).id)
    }),

  passkeyOptions: query({ permission: 'session.own', concern: 'self' })
    .input(z.strictObject({ origin }))
    .query(({ ctx, input }): Promise<PublicKeyCredentialCreationOptionsJSON> => registrationOptions(ctx, input.origin)),

  addTotp: command({ permission: 'session.own', concern: 'self', audit: 'factors.addTotp', stepUp: true })
    .input(z.strictObject({ name, secret: z.string().regex(/^[A-Z2-7]{32,64}$/), code }))
    .mutation(({ ctx, input }): Promise<Registered> => addTotp(ctx, input)),

  addPasskey: command({ permission: 'session.own', concern: 'self', audit: 'factors.addPasskey', stepUp: true })
    .input(z.strictObject({ name, origin, registration }))
    .mutation(({ ctx, input }): Promise<Registered> => addPasskey(ctx, input)),

  rename: command({ permission: 'session.own', concern: 'self', audit: 'factors.rename' })
    .input(z.strictObject({ id, name }))
    .mutation(async ({ ctx, input }): Promise<{ id: string }> => {
      const person = needPerson(ctx.caller)
      ctx.act.on({ target: person.email, cluster: null, reason: null, detail: { factor: input.id, name: input.name } })
      const question = { verb: 'rename', userId: person.id, factorId: input.id, name: input.name } as const
      return { id: await askWorker(ctx, question) }
    }),

  remove: command({ permission: 'session.own', concern: 'self', audit: 'factors.remove', stepUp: true })
    .input(z.strictObject({ id }))
    .mutation(async ({ ctx, input }): Promise<{ id: string }> => {
      const person = needPerson(ctx.caller)
      ctx.act.on({ target: person.email, cluster: null, reason: null, detail: { factor: input.id } })
      return { id: await askWorker(ctx, { verb: 'remove', userId: person.id, factorId: input.id }) }
    }),

  newRecoveryCodes: command({
    permission: 'session.own',
    concern: 'self',
    audit: 'factors.newRecoveryCodes',
    stepUp: true,
  }).mutation(({ ctx }): Promise<{ recoveryCodes: string[] }> => makeNewRecoveryCodes(ctx)),

  /** How an act may be proven now, with the challenge for a passkey. */
  proofWays: query({ permission: 'session.own', concern: 'self' })
    .input(z.strictObject({ origin, purpose: z.string().max(50), subject: z.string().max(4_000) }))
    .query(({ ctx, input }): Promise<ProofWays> => proofWays(ctx, input)),

  policy: query({ permission: 'users.manage', concern: 'everywhere' }).query(({ ctx }): Promise<SignInPolicy> =>
    readSignInPolicy(ctx.services.store.pool),
  ),

  setPolicy: command({ permission: 'users.manage', concern: 'everywhere', audit: 'factors.setPolicy', stepUp: true })
    .input(z.strictObject({ secondFactor: z.enum(['optional', 'required']) }))
    .mutation(async ({ ctx, input }): Promise<SignInPolicy> => {
      ctx.act.on({ target: 'second factor', cluster: null, reason: null, detail: input })
      await refuseWhoLocksOneselfOut(ctx, input.secondFactor)
      return ctx.act.commit(async (tx) => {
        const before = await readSignInPolicy(tx)
        const detail = { before: before.secondFactor, after: input.secondFactor }
        ctx.act.on({ target: 'second factor', cluster: null, reason: null, detail })
        await writeSignInPolicy(tx, input.secondFactor, actorOf(ctx.caller).name)
        return readSignInPolicy(tx)
      })
    }),
})

async function refuseWhoLocksOneselfOut({ caller, services }: CommandContext, wanted: SecondFactorPolicy) {
  if (wanted !== 'required' || caller.kind === 'token') return
  if ((await factorKinds(services.store.pool, caller.id)).size > 0) return
  throw new AppError('refused', 'Register a second factor of your own first, under Account.')
}
