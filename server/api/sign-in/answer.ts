import { generateAuthenticationOptions } from '@simplewebauthn/server'
import { getHTTPStatusCodeFromError } from '@trpc/server/http'
import { encode } from 'next-auth/jwt'
import { z } from 'zod'
import { addressOf } from '#server/auth/address.ts'
import { cookieLine, readCookie, readSessionSecret } from '#server/auth/cookies.ts'
import { deviceSeconds } from '#server/auth/device.ts'
import { sessionHours } from '#server/auth/open-session.ts'
import { hashSecretText } from '#server/auth/secret-text.ts'
import {
  entering,
  enterByPasskey,
  findWanted,
  giveSecondFactor,
  secondStepOf,
  type SignedIn,
} from '#server/auth/second-step.ts'
import { AppError } from '#server/errors.ts'
import { makeChallenge } from '#server/factors/challenge.ts'
import { passkeyName } from '#server/factors/own-name.ts'
import { listCredentials } from '#server/store/factors/passkeys.ts'
import { findWaitingSession } from '#server/store/sessions.ts'
import type { Services } from '../context.ts'
import { tellError, toTrpcError } from '../errors.ts'
import { refuseForeign, refuseLongBody } from '../guard.ts'
import { assertion, code } from '../inputs/proof.ts'

/**
 * Answers the steps of signing in that come after the password, or in its place: what a session that waits for its second factor may ask, and
 * nothing else may.
 */
export async function answerSignIn(services: Services, request: Request, step: string): Promise<Response> {
  try {
    refuseForeign(request, services.origins)
    refuseLongBody(request, 32_768)
    const body: unknown = await request.json().catch(() => null)
    const visit = await visitOf(services, request)
    switch (step) {
      case 'wanted':
        return json({ wanted: await findWanted(services.store, visit.sessionId) })
      case 'passkey-options':
        return json(await optionsFor(services, visit))
      case 'code':
        return await letIn(
          services,
          giveSecondFactor(visit.door, visit.sessionId, { way: 'code', code: typed(code, body).code }),
        )
      case 'recovery-code':
        return await letIn(
          services,
          giveSecondFactor(visit.door, visit.sessionId, {
            way: 'recovery code',
            code: typed(z.string().max(100), body).code,
          }),
        )
      case 'passkey': {
        const given = z.object({ assertion }).parse(body).assertion
        const isSecond = await waits(services, visit.sessionId)
        return await letIn(
          services,
          isSecond
            ? giveSecondFactor(visit.door, visit.sessionId, { way: 'passkey', assertion: given })
            : enterByPasskey(visit.door, given),
        )
      }
      default:
        throw new AppError('not-found', 'There is no such step.')
    }
  } catch (error) {
    return refusal(services, error)
  }
}

interface Visit {
  sessionId: string | null
  origin: string | null
  door: Parameters<typeof giveSecondFactor>[0]
}

async function visitOf({ store, secret, rules }: Services, { headers }: Request): Promise<Visit> {
  const sessionSecret = await readSessionSecret(headers, rules, secret)
  const from = { address: addressOf(headers), userAgent: headers.get('user-agent') ?? '' }
  return {
    sessionId: sessionSecret === null ? null : hashSecretText(sessionSecret),
    // The guard has seen that it is one of the console's own.
    origin: headers.get('origin'),
    door: { store, secret, from, device: readCookie(headers, rules.device) },
  }
}

async function waits({ store }: Services, sessionId: string | null): Promise<boolean> {
  return sessionId !== null && (await findWaitingSession(store, sessionId)) !== null
}

/** What the browser asks a passkey: one of this person's where a session waits, else any that knows its owner. */
async function optionsFor({ store, secret }: Services, { sessionId, origin }: Visit) {
  const rpID = origin === null ? null : passkeyName(origin)
  if (rpID === null) {
    throw new AppError(
      'refused',
      'Browsers keep passkeys only for a name with https, or for localhost. Open the console by its name, or use another way.',
    )
  }
  const waiting = sessionId === null ? null : await findWaitingSession(store, sessionId)
  const use = waiting && sessionId !== null ? secondStepOf(sessionId) : entering
  const known = waiting ? await listCredentials(store.pool, waiting.userId, rpID) : []
  return generateAuthenticationOptions({
    rpID,
    challenge: new Uint8Array(Buffer.from(makeChallenge(secret, use, new Date()), 'base64url')),
    allowCredentials: known.map((id) => ({ id })),
    userVerification: waiting ? 'preferred' : 'required',
  })
}

function typed(schema: z.ZodType<string>, body: unknown): { code: string } {
  return z.object({ code: schema }).parse(body)
}

async function letIn({ rules, secret }: Services, step: Promise<SignedIn>): Promise<Response> {
  const { sessionSecret, device } = await step
  const maxAge = sessionHours * 3_600
  const cookie = await encode({ token: { sid: sessionSecret }, secret, maxAge })
  const response = json({ isSignedIn: true })
  response.headers.append('set-cookie', cookieLine(rules, rules.session, cookie, maxAge))
  response.headers.append('set-cookie', cookieLine(rules, rules.device, device, deviceSeconds))
  return response
}

function refusal({ log }: Services, error: unknown): Response {
  const trpcError = toTrpcError(error instanceof z.ZodError ? new AppError('invalid', sentenceOf(error)) : error)
  const { appCode, sentence } = tellError(trpcError)
  const status = getHTTPStatusCodeFromError(trpcError)
  if (status === 500) log.error({ error: trpcError.cause ?? trpcError }, 'a step of signing in failed')
  return json({ code: appCode, sentence }, status)
}

function sentenceOf(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'This was not understood.'
}

function json(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}
