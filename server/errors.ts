export type ErrorCode =
  | 'invalid' // input of a person, told by field
  | 'unauthenticated'
  | 'forbidden'
  | 'step-up-wanted' // the same again once the person has shown anew who they are
  | 'factor-wanted' // nothing before a second factor is registered
  | 'not-found'
  | 'conflict' // somebody or something else holds it; the sentence says who and since when
  | 'refused' // a precondition does not hold
  | 'limited' // too many tries
  | 'unreachable'
  | 'timeout'
  | 'protocol'
  | 'store-unreachable'
  | 'internal'

export interface FieldError {
  field: string
  sentence: string
}

/** An error with a code and a sentence that may be shown to a person: what, where, what to do. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldError[]

  constructor(code: ErrorCode, sentence: string, options: { cause?: unknown; fields?: FieldError[] } = {}) {
    super(sentence, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.fields = options.fields ?? []
  }
}

/** True for an AppError, also one of another copy of its module, as bundlers make them. */
export function isAppError(error: unknown): error is AppError {
  if (error instanceof AppError) return true
  return error instanceof Error && 'code' in error && 'fields' in error && Array.isArray(error.fields)
}
