/** The caller asked for something the lab cannot do at all: one sentence, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The lab could not do what was asked: what, where, and what to do. */
export class LabError extends Error {
  override name = 'LabError'
}
