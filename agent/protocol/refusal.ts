import { z } from 'zod'

/** Why an agent refuses a request, or cannot do it. */
export const refusalCodes = [
  'not-enrolled',
  'bad-request',
  'bad-signature',
  'wrong-audience',
  'clock-skew',
  'expired',
  'replayed',
  'old-epoch',
  'unknown-verb',
  'bad-arguments',
  'vetoed',
  'locked',
  'cloned',
  'busy',
  'conflict',
  'not-found',
  'failed',
] as const

export type RefusalCode = (typeof refusalCodes)[number]

/** Body of every answer that is not a result: what, where and what to do. */
export const refusalBody = z.object({ code: z.enum(refusalCodes), sentence: z.string().max(2_000) })

/** Status of the HTTP answer that carries a refusal. */
export function statusOf(code: RefusalCode): number {
  switch (code) {
    case 'bad-request':
    case 'bad-arguments':
      return 400
    case 'not-enrolled':
    case 'bad-signature':
    case 'wrong-audience':
    case 'clock-skew':
    case 'expired':
    case 'replayed':
      return 401
    case 'old-epoch':
    case 'vetoed':
    case 'locked':
    case 'cloned':
      return 403
    case 'unknown-verb':
    case 'not-found':
      return 404
    case 'busy':
    case 'conflict':
      return 409
    case 'failed':
      return 500
  }
}
