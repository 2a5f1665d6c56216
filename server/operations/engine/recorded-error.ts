import { AppError, type ErrorCode } from '#server/errors.ts'

/** A refusal that stands in the audit log already: whoever passes it on must not record it once more. */
export class RecordedError extends AppError {
  constructor(code: Extract<ErrorCode, 'refused' | 'conflict'>, sentence: string) {
    super(code, sentence)
    this.name = 'RecordedError'
  }
}
