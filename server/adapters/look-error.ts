import type { ProblemKind } from '#domain/snapshot/reading.ts'
import { AppError, type ErrorCode } from '#server/errors.ts'

/** A look at a system outside that brought no value; its sentence names the system, the address and what to do. */
export class LookError extends AppError {
  readonly kind: ProblemKind
  /** False only when it is certain that not one byte of the question reached the other side. */
  readonly mayHaveArrived: boolean

  constructor(kind: ProblemKind, sentence: string, options: { cause?: unknown; mayHaveArrived?: boolean } = {}) {
    super(codes[kind], sentence, { cause: options.cause })
    this.name = 'LookError'
    this.kind = kind
    this.mayHaveArrived = options.mayHaveArrived ?? true
  }
}

const codes = {
  refused: 'unreachable',
  timeout: 'timeout',
  unreachable: 'unreachable',
  'empty-reply': 'unreachable',
  tls: 'unreachable',
  unauthorized: 'protocol',
  'too-large': 'protocol',
  protocol: 'protocol',
} as const satisfies Record<ProblemKind, ErrorCode>
