import type { RefusalCode } from '#agent/protocol/refusal-codes.ts'

/** A request that is not carried out; its message is told to who asked: what, where, what to do. */
export class RefusedError extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode, sentence: string, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'RefusedError'
    this.code = code
  }
}
