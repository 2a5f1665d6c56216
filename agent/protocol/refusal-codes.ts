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
