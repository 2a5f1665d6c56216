import pg from 'pg'
import { LookError } from '../look-error.ts'
import { place, type Target } from '../target.ts'
import { postgresProblem } from './postgres-problem.ts'

/** What it means for a person that a session could not be found or sent a signal. */
export function signalProblem(error: unknown, target: Target, user: string): LookError {
  if (error instanceof pg.DatabaseError && error.code === '42501') {
    const sentence = /superuser/i.test(`${error.message} ${error.detail ?? ''}`)
      ? superuserSentence(place(target))
      : grantSentence(place(target), user)
    // It said no, so it has done nothing.
    return new LookError('unauthorized', sentence, { cause: error, mayHaveArrived: false })
  }
  return postgresProblem(error, target)
}

/** Nothing but a superuser ends a superuser's session. */
export function superuserSentence(where: string): string {
  return `This session of Postgres ${where} is a superuser's: only a superuser can end it. Do so on the node itself, with psql.`
}

/** What to grant to the console's user. */
export function grantSentence(where: string, user: string): string {
  return `The console's user may not end sessions of others on Postgres ${where}. Run there as a superuser, on the leader: GRANT pg_signal_backend TO "${user.replaceAll('"', '""')}";`
}
