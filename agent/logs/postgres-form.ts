import { beginLine } from './begin-line.ts'
import type { LogForm } from './log-form.ts'
import { stampSource } from './stamp.ts'

/**
 * Postgres' log on stderr, with a `log_line_prefix` that begins with a time. Only a message's level and text are taken: the prefix
 * names users and applications, DETAIL and STATEMENT hold queries and values.
 */
export const postgresForm: LogForm = {
  begin(line) {
    if (line.startsWith('\t') || line.startsWith('{')) return null
    return beginLine(line, start, levelled)
  },
  // It begins each with a tab; anything else is of somebody else.
  goesOn: (line) => (line.startsWith('\t') ? line.trim() : null),
  judge: () => (level, message) => {
    if (level === 'FATAL') return !isStarting.test(message)
    if (level === 'PANIC') return true
    if (level === 'ERROR') return ofReplication.test(message)
    return (level === 'LOG' || level === 'WARNING') && telling.test(message)
  },
}

const start = new RegExp(String.raw`^[^\t]{0,60}?${stampSource}`)
const levelled =
  /^[^\t]{0,200}?\b(DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT|BACKTRACE): {2}/

/** Patroni asks several times a second until Postgres is up. */
const isStarting = /^the database system is starting up/

// All of them anchored: the text of a statement that is logged, or of an error in one, must not pass for any.
const ofReplication =
  /^(?:requested (?:WAL segment|starting point)|replication (?:slot|terminated)|could not (?:(?:start|receive|send|read|open|find) .*\bWAL\b|connect to the (?:primary|publisher))|cannot (?:advance|copy|read) .*replication slot|logical replication|all replication slots|highest timeline)/

const telling =
  /^(?:terminating |database system |all server processes terminated|received (?:fast|smart|immediate|promote)|aborting any active|shutting down|invalid (?:record|magic|resource|contrecord|checkpoint|primary)|unexpected (?:pageaddr|EOF on standby)|record with incorrect|incorrect resource manager|archive command |archiving write-ahead|archive recovery|could not |entering standby|redo |consistent recovery|last completed transaction|selected new timeline|new (?:target )?timeline|started streaming|restarted WAL|replication terminated|fetching timeline|server process |.{0,60}process \(PID \d+\) was terminated|invalidating |sending SIGQUIT|out of (?:memory|disk)|recovery (?:stopping|has paused)|checkpoints are occurring|page verification|using stale statistics)/
