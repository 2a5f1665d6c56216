import type { Caller } from '#server/auth/caller.ts'
import { AppError } from '#server/errors.ts'

export type Person = Extract<Caller, { kind: 'user' }>

/** The person behind a request; throws AppError `refused` for a token, which has no sessions and no password. */
export function needPerson(caller: Caller): Person {
  if (caller.kind === 'user') return caller
  throw new AppError('refused', `${caller.name} is a token: it has no sessions and no password.`)
}
