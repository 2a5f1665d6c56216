import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { AppError } from '#server/errors.ts'
import { keepAnswer, letRequestGo, takeRequest, type KnownRequest } from '#server/store/idempotent-requests.ts'
import { idempotencyKey } from '../inputs/idempotency-key.ts'
import { openAnswer, sealAnswer } from './sealed-answer.ts'

/** A key that came with another request before: 422. */
export class KeyReused extends AppError {
  constructor() {
    super(
      'conflict',
      'This Idempotency-Key came with another request before. Nothing was done now: give each request a key of its own.',
    )
  }
}

/** The Idempotency-Key of a request; null without one. Throws AppError `invalid`. */
export function keyOf(headers: Headers): string | null {
  const given = headers.get('idempotency-key')
  if (given === null) return null
  const key = idempotencyKey.safeParse(given)
  if (key.success) return key.data
  const sentence = key.error.issues[0]?.message ?? 'Is not accepted.'
  throw new AppError('invalid', 'Not accepted: look at Idempotency-Key.', {
    fields: [{ field: 'Idempotency-Key', sentence }],
  })
}

/**
 * Carries a change out once for a key of its caller: whoever sends it again is told what was answered, for 24 h. What changed nothing
 * is forgotten, so that the same key may try again; a change and the mark that it was made are committed together.
 */
export async function once(
  context: Context,
  asked: { key: string; request: Request; input: unknown },
  carryOut: (context: Context) => Promise<Response>,
): Promise<Response> {
  const { store, secret, log } = context.services
  const caller = await context.identify()
  // Nobody is refused by the procedure itself.
  if (!caller) return carryOut(context)
  const { key, request, input } = asked
  const what = [request.method, new URL(request.url).pathname, input]
  const keyed = { callerId: caller.id, keyHash: hash(key), fingerprint: hash(JSON.stringify(what)) }
  const known = await taken(() => takeRequest(store, keyed), request.signal)
  const seal = `${caller.id} ${key}`
  switch (known.state) {
    case 'another':
      throw new KeyReused()
    case 'held':
      throw new AppError(
        'conflict',
        'The first request with this Idempotency-Key is still under way. Ask again in a moment.',
      )
    case 'lost':
      throw new AppError(
        'conflict',
        'The first request with this Idempotency-Key was carried out, but its answer was lost. Look at what it made.',
      )
    case 'answered':
      return again(openAnswer(secret, seal, known.answer), known.status)
    case 'mine':
  }
  try {
    const response = await carryOut({ ...context, idempotentId: known.id })
    const text = await response.clone().text()
    await keepAnswer(store, known.id, response.status, sealAnswer(secret, seal, text))
    return response
  } catch (error) {
    await letRequestGo(store, known.id).catch((failure: unknown) =>
      log.warn({ error: failure }, 'a key was not let go'),
    )
    throw error
  }
}

async function taken(take: () => Promise<KnownRequest>, signal: AbortSignal): Promise<KnownRequest> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const known = await take()
    if (known.state !== 'held' || Date.now() > deadline || signal.aborted) return known
    await sleep(150)
  }
}

function again(text: string, status: number): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'idempotent-replayed': 'true' }
  return new Response(text, { status, headers })
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
