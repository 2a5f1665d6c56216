import { z } from 'zod'
import { type RefusalCode, refusalCodes } from './refusal-codes.ts'

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
