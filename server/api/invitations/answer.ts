import { z } from 'zod'
import { TRPCError } from '@trpc/server'
import { addressOf } from '#server/auth/address.ts'
import { AppError } from '#server/errors.ts'
import type { Services } from '../context.ts'
import { refuseForeign, refuseLongBody } from '../guard.ts'
import { personName } from '../inputs/people.ts'
import { answerProblem } from '../rest/problem.ts'
import { acceptInvitation, lookAtInvitation } from './accept.ts'

const token = z.string().regex(/^[\w-]{43}$/, 'Is no invitation.')
const look = z.strictObject({ token })
const acceptance = z.strictObject({
  token,
  name: personName,
  password: z.string().min(12, 'At least 12 characters.').max(200, 'At most 200 characters.'),
})

/** What somebody without a session may ask: whom an invitation is for, and with name and password that it be taken up. */
export async function answerInvitation({ store, origins, log }: Services, request: Request): Promise<Response> {
  try {
    refuseForeign(request, origins)
    refuseLongBody(request, 4_096)
    const body = await bodyOf(request)
    const address = addressOf(request.headers)
    const isLook = typeof body === 'object' && body !== null && !('password' in body)
    const answer = isLook
      ? await lookAtInvitation(store, { ...parse(look, body), address })
      : await acceptInvitation(store, { ...parse(acceptance, body), address })
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return answerProblem(error, log, new URL(request.url).pathname)
  }
}

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch (cause) {
    throw new AppError('invalid', 'The body is no valid JSON.', { cause })
  }
}

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw new TRPCError({ code: 'BAD_REQUEST', cause: parsed.error })
}
