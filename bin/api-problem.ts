/** The console, or the way to it, said no; the message is for people. */
export class ApiProblem extends Error {
  /** The console's own word, such as `refused`; `no-answer` where none came. */
  readonly code: string
  readonly fields: { field: string; sentence: string }[]
  /** A change was sent, and whether it was carried out is not known. */
  readonly isOutcomeUnknown: boolean

  constructor(
    message: string,
    given: { code: string; fields?: ApiProblem['fields']; isOutcomeUnknown?: boolean; cause?: unknown },
  ) {
    super(message, { cause: given.cause })
    this.name = 'ApiProblem'
    this.code = given.code
    this.fields = given.fields ?? []
    this.isOutcomeUnknown = given.isOutcomeUnknown ?? false
  }
}

/** The command line itself is wrong. */
export class UsageError extends Error {}
