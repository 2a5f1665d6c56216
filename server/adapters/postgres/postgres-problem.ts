import pg from 'pg'
import { httpProblem } from '../http-problem.ts'
import { LookError } from '../look-error.ts'
import { place, type Target } from '../target.ts'

/** What a failed look at Postgres means for a person. */
export function postgresProblem(error: unknown, target: Target): LookError {
  if (error instanceof LookError) return error
  const at = place(target)
  const options = { cause: error }
  if (error instanceof pg.DatabaseError) return serverProblem(error, target)
  if (error instanceof Error && /timeout/i.test(error.message)) {
    return new LookError('timeout', `Postgres of ${target.who} did not answer on ${target.address} in time.`, options)
  }
  if (error instanceof Error && /password must be a string|SASL|SCRAM/.test(error.message)) {
    return new LookError(
      'unauthorized',
      `Postgres ${at} does not accept the console's user and password: check both; the role must exist there and have LOGIN.`,
      options,
    )
  }
  return httpProblem(error, target, { isConnected: true, hasResponse: true })
}

function serverProblem(error: pg.DatabaseError, target: Target): LookError {
  const at = place(target)
  const code = error.code ?? ''
  const options = { cause: error }
  if (code === '28000' && /pg_hba/.test(error.message)) {
    const sentence = `Postgres ${at} does not let the console's user in from this machine: add a line for both to pg_hba.conf and reload it.`
    return new LookError('unauthorized', sentence, options)
  }
  if (code.startsWith('28')) {
    return new LookError(
      'unauthorized',
      `Postgres ${at} does not accept the console's user and password: check both; the role must exist there and have LOGIN.`,
      options,
    )
  }
  if (code === '3D000')
    return new LookError('unauthorized', `Postgres ${at} has no such database for the console.`, options)
  if (code === '42501')
    return new LookError(
      'unauthorized',
      `The console's user may not look at Postgres ${at}: grant it pg_monitor.`,
      options,
    )
  if (code === '57P03') return new LookError('unreachable', `Postgres ${at} is starting up or shutting down.`, options)
  if (code.startsWith('57P'))
    return new LookError('unreachable', `Postgres ${at} ended the connection: it is shutting down or crashed.`, options)
  if (code === '53300')
    return new LookError('unreachable', `Postgres ${at} has no connection left for the console.`, options)
  if (code === '57014') return new LookError('timeout', `Postgres ${at} took too long to tell its state.`, options)
  return new LookError('protocol', `Postgres ${at} refused the console's query (SQLSTATE ${code}).`, options)
}
