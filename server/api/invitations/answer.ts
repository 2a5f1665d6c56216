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
const asked = z.union([
  z.strictObject({ token }),
  z.strictObject({
    token,
    name: personName,
    password: z.string().min(12, 'At least 12 characters.').max(200, 'At most 200 characters.'),
  }),
])

/** What somebody without a session may ask: whom an invitation is for, and with name and password that it be taken up. */
export async function answerInvitation({ store, origins, log }: Services, request: Request): Promise<Response> {
  try {
    refuseForeign(request, origins)
    refuseLongBody(request, 4_096)
    const parsed = asked.safeParse(await bodyOf(request))
    if (!parsed.success) throw new TRPCError({ code: 'BAD_REQUEST', cause: refined(parsed.error) })
    const given = { ...parsed.data, address: addressOf(request.headers) }
    const answer = 'password' in given ? await acceptInvitation(store, given) : await lookAtInvitation(store, given)
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    return answerProblem(error, log)
  }
}

async function bodyOf(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch (cause) {
    throw new AppError('invalid', 'The body is no valid JSON.', { cause })
  }
}

// Of the two that it may be, what was meant is the one with more said.
function refined(error: z.ZodError): z.ZodError {
  const [issue] = error.issues
  const [, meant] = issue?.code === 'invalid_union' ? issue.errors : []
  return meant ? new z.ZodError(meant) : error
}
