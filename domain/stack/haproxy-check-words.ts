import type { BackendRole } from '#domain/snapshot/backend-role.ts'
import type { HaproxyServer } from './haproxy-detail.ts'

export interface CheckWords {
  /** `expected` = down as it should be: every member but the leader in the primary's backend. */
  tone: 'good' | 'expected' | 'bad' | 'idle'
  sentence: string
}

/** What the check of one server says, for a person; a backend of Patroni's members is down for all that do not have its role. */
export function checkWords(
  server: Pick<HaproxyServer, 'isUp' | 'admin' | 'check' | 'checkCode'>,
  role: BackendRole | null,
): CheckWords {
  const { admin, check, checkCode, isUp } = server
  if (admin === 'maint') return { tone: 'idle', sentence: 'Taken out by hand or by its configuration: not checked.' }
  if (admin === 'drain') return { tone: 'idle', sentence: 'Drained: no new connections, those it has stay.' }
  if (check === '' || check === 'UNK' || check === 'INI') return unchecked(isUp)
  if (isUp) return passing(server, role)
  // Patroni answers 503 where the member runs, but does not have the role that is asked for.
  if (check === 'L7STS' && checkCode === 503) return notItsRole(role)
  if (check === 'L7STS') {
    return {
      tone: 'bad',
      sentence: `The check is answered with HTTP status ${checkCode ?? 'unknown'}: it asks for something else than Patroni's REST.`,
    }
  }
  if (/^(?:L7OK|L6OK|L4OK)$/.test(check)) {
    return { tone: 'idle', sentence: 'The check passes again: it comes up when it has passed often enough.' }
  }
  return { tone: 'bad', sentence: failures[check] ?? `The check fails (${check}).` }
}

function unchecked(isUp: boolean): CheckWords {
  return isUp
    ? { tone: 'bad', sentence: 'Not checked at all: it gets connections whether it runs or not.' }
    : { tone: 'idle', sentence: 'Not checked yet.' }
}

function passing({ check }: Pick<HaproxyServer, 'check'>, role: BackendRole | null): CheckWords {
  if (!check.endsWith('OK')) {
    return { tone: 'bad', sentence: `Its check has begun to fail (${check}): it goes down when that goes on.` }
  }
  if (role === null) return { tone: 'good', sentence: 'The check passes.' }
  return {
    tone: 'good',
    sentence: role === 'primary' ? 'Is the leader: it gets the writes.' : 'Is a healthy replica: it gets reads.',
  }
}

function notItsRole(role: BackendRole | null): CheckWords {
  if (role === 'primary')
    return { tone: 'expected', sentence: 'Is not the leader, so it gets no writes: as it should be.' }
  if (role === 'replica') {
    return {
      tone: 'expected',
      sentence: 'Is not a replica that may take reads: it leads, lags too far or does not run.',
    }
  }
  return { tone: 'expected', sentence: 'Runs, but does not have the role that this backend asks for.' }
}

const failures: Readonly<Record<string, string>> = {
  SOCKERR: 'HAProxy could not open a connection for the check: see its own limits and its log.',
  L4TOUT: 'The machine does not answer in time: it is off, frozen or cut off.',
  L4CON: 'Nothing listens where the check asks: Patroni does not run there, or another port is meant.',
  L6TOUT: 'The TLS handshake of the check does not end in time.',
  L6RSP: 'The TLS handshake of the check fails: see the certificate of the REST API.',
  L7TOUT: 'Patroni takes the connection, but does not answer in time: it or its machine is overloaded or frozen.',
  L7RSP: 'The check is answered in another protocol: TLS is asked for where there is none, or the other way round.',
  PROCERR: 'The command that checks failed.',
  PROCTOUT: 'The command that checks does not end in time.',
}
