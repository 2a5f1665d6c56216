import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { type ErrorCode, type FieldError, isAppError } from '#server/errors.ts'

/** What an error tells the outside. */
export interface ToldError {
  appCode: ErrorCode
  sentence: string
  fields: FieldError[]
}

/** The same error as tRPC carries it; whatever is not meant for people becomes an internal error with its cause kept. */
export function toTrpcError(error: unknown): TRPCError {
  if (error instanceof TRPCError) {
    // tRPC wraps what a procedure throws: an AppError inside decides.
    return isAppError(error.cause) && error.code === 'INTERNAL_SERVER_ERROR' ? toTrpcError(error.cause) : error
  }
  if (isAppError(error)) return new TRPCError({ code: trpcCodes[error.code], message: error.message, cause: error })
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: internalSentence, cause: error })
}

/** What may be shown of an error: the sentence of an AppError, the fields of a refused input, else a general sentence. */
export function tellError(error: TRPCError): ToldError {
  const { cause } = error
  if (isAppError(cause)) {
    if (cause.code === 'internal') return { appCode: 'internal', sentence: internalSentence, fields: [] }
    return { appCode: cause.code, sentence: cause.message, fields: cause.fields }
  }
  if (cause instanceof z.core.$ZodError) return tellRefusedInput(cause)
  const general = generalErrors[error.code]
  if (general) return { ...general, fields: [] }
  return { appCode: 'internal', sentence: internalSentence, fields: [] }
}

export const trpcCodes = {
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  forbidden: 'FORBIDDEN',
  'step-up-wanted': 'PRECONDITION_REQUIRED',
  'factor-wanted': 'FORBIDDEN',
  'not-found': 'NOT_FOUND',
  conflict: 'CONFLICT',
  refused: 'PRECONDITION_FAILED',
  limited: 'TOO_MANY_REQUESTS',
  unreachable: 'BAD_GATEWAY',
  timeout: 'GATEWAY_TIMEOUT',
  protocol: 'BAD_GATEWAY',
  'store-unreachable': 'SERVICE_UNAVAILABLE',
  internal: 'INTERNAL_SERVER_ERROR',
} as const satisfies Record<ErrorCode, TRPCError['code']>

const internalSentence = 'Something failed inside the console. Its log says what; try again, or look there.'

const generalErrors: Partial<Record<TRPCError['code'], Omit<ToldError, 'fields'>>> = {
  PARSE_ERROR: { appCode: 'invalid', sentence: 'The request is no valid JSON.' },
  PAYLOAD_TOO_LARGE: { appCode: 'invalid', sentence: 'The request is larger than 256 kB.' },
  BAD_REQUEST: { appCode: 'invalid', sentence: 'The request is not one the console understands.' },
  NOT_FOUND: { appCode: 'not-found', sentence: 'There is no such procedure.' },
  METHOD_NOT_SUPPORTED: { appCode: 'invalid', sentence: 'Reading is done by GET, changing by POST.' },
  UNSUPPORTED_MEDIA_TYPE: { appCode: 'invalid', sentence: 'The body must be application/json.' },
  CLIENT_CLOSED_REQUEST: { appCode: 'timeout', sentence: 'The request was given up by its sender.' },
}

function tellRefusedInput(error: z.core.$ZodError): ToldError {
  const fields = error.issues.flatMap(fieldsIn).slice(0, 50)
  const named = [...new Set(fields.map(({ field }) => field || 'the input'))].slice(0, 5)
  return { appCode: 'invalid', sentence: `Not accepted: look at ${named.join(', ')}.`, fields }
}

function fieldsIn(issue: z.core.$ZodIssue): FieldError[] {
  const isUnknown = issue.code === 'unrecognized_keys'
  const paths = isUnknown ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
  return paths.map((path) => ({
    // A draft's fields have the names that looking at it uses too.
    field: path.join('.').replace(/^draft\./, ''),
    sentence: isUnknown ? 'Is not known here.' : sentenceOf(issue),
  }))
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined
  const sentence = isMissing ? 'Is missing.' : issue.message
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}
