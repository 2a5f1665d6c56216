import pg from 'pg'
import { httpProblem } from '../http-problem.ts'
import { notAsExpected } from '../json.ts'
import { LookError } from '../look-error.ts'
import { place, type Target } from '../target.ts'

/** What a failed look at pgBouncer's console as this user means for a person. */
export function poolerProblem(error: unknown, target: Target, user: string): LookError {
  if (error instanceof LookError) return error
  if (error instanceof pg.DatabaseError) return consoleProblem(error, target, user)
  const message = error instanceof Error ? error.message : ''
  if (/timeout/i.test(message)) {
    return new LookError('timeout', `pgBouncer of ${target.who} did not answer on ${target.address} in time.`, {
      cause: error,
    })
  }
  if (/password must be a|SASL|SCRAM/.test(message)) return doesNotAccept(target, user, error)
  if (/establishing an SSL connection|Unexpected token|Unknown message/i.test(message)) {
    return notAsExpected(target, 'it does not speak the protocol of Postgres')
  }
  return httpProblem(error, target, { isConnected: true, hasResponse: true })
}

// Every error of the console bears one and the same SQLSTATE: only its words tell it apart.
function consoleProblem(error: pg.DatabaseError, target: Target, user: string): LookError {
  const at = place(target)
  const told = (kind: 'unauthorized' | 'unreachable' | 'tls' | 'protocol' | 'timeout', sentence: string) =>
    new LookError(kind, sentence, { cause: error })
  const { message, code = '' } = error
  if (/not allowed|admin access needed/i.test(message)) {
    return told(
      'unauthorized',
      `pgBouncer ${at} does not show its statistics to the user ${user}: add it to stats_users in pgbouncer.ini and run RELOAD.`,
    )
  }
  if (code === '3D000' || /no such database|database "pgbouncer" does not exist/i.test(message)) {
    return told('protocol', `What answers ${at} is not pgBouncer, but has no console: check the pooler's port.`)
  }
  if (code.startsWith('28') || rejected.test(message)) return doesNotAccept(target, user, error)
  if (/SSL required/i.test(message)) return told('tls', `pgBouncer ${at} asks for TLS, which could not be set up.`)
  if (/max_\w*client|bouncer resources|no memory|out of memory/i.test(message)) {
    return told('unreachable', `pgBouncer ${at} has no room for the console's connection ("${firstWords(message)}").`)
  }
  if (code.startsWith('57P') || /shutting down|shutdown/i.test(message)) {
    return told('unreachable', `pgBouncer ${at} is shutting down.`)
  }
  if (/timeout/i.test(message)) {
    return told('timeout', `pgBouncer ${at} ended the console's connection ("${firstWords(message)}").`)
  }
  return told('protocol', `pgBouncer ${at} refused the console's question ("${firstWords(message)}").`)
}

const rejected =
  /authentication failed|no such user|login rejected|auth failed|no authentication method|empty password/i

function doesNotAccept(target: Target, user: string, cause: unknown): LookError {
  return new LookError(
    'unauthorized',
    `pgBouncer ${place(target)} does not accept the user ${user} and its password: add it to its auth_file, or let its auth_query find it, and name it in stats_users.`,
    { cause },
  )
}

function firstWords(message: string): string {
  return message.replace(/\s+/g, ' ').slice(0, 120)
}
