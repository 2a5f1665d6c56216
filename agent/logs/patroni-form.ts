import { beginLine } from './begin-line.ts'
import type { LogForm } from './log-form.ts'
import { stampSource } from './stamp.ts'

/**
 * Patroni's own log (Python's `%(asctime)s %(levelname)s: %(message)s`, or with names of loggers between). What its Postgres says
 * before it has a log of its own stands among it, and begins with a time as well.
 */
export const patroniForm: LogForm = {
  begin: (line) => beginLine(line, start, levelled),
  goesOn: (line) => (line.trim() === '' || noise.test(line) ? null : line),
  judge() {
    let owner: string | null = null
    return (level, message) => {
      const before = owner
      owner = ownerIn(message) ?? owner
      if (level !== 'INFO') return level !== 'DEBUG'
      // It says so in each loop: only that the lead has moved is news.
      if (message.startsWith('Lock owner:')) return before !== null && before !== owner
      return telling.test(message)
    }
  },
}

const start = new RegExp(String.raw`^\W?${stampSource}[\]]?\s`)
const levelled = /^(?:[\w.[\]()-]+ ){0,3}?(DEBUG|INFO|WARNING|ERROR|CRITICAL): ?/
/** What pg_isready and pg_ctl print. */
const noise =
  / - (?:accepting|rejecting) connections$| - no (?:response|attempt)$|^(?:server (?:signaled|promoting|started|stopped)|waiting for server .*| done|[ .]*)$/

/** Who leads by what it says; null where it says nothing of that. */
function ownerIn(message: string): string | null {
  const [, one, two, three] =
    /^Lock owner: ([^;]+);|following a leader \(([^)]+)\)|I am \(([^)]+)\), the leader with the lock/.exec(message) ??
    []
  return one ?? two ?? three ?? null
}

/** INFO lines of a role that changes, and of how it came about. */
const telling =
  /\bpromot(?:ed|ing)\b|\bdemot(?:ed|ing)\b|session lock|leader (?:lock|key)|TTL lock|following new leader|failed to obtain lock|\b(?:failover|switchover)\b|pg_rewind (?:from|to)|DCS is not accessible|crash recovery|trying to bootstrap|replica has been created|starting (?:as|after)|watchdog|immediate(?:ly)? release|because I am not|[Ss]ystem ID mismatch/i
