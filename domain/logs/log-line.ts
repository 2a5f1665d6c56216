/** A program whose log an agent reads by time. */
export type LoggedProgram = 'patroni' | 'postgres'

/** Programs in the order in which their logs are asked for and told. */
export const loggedPrograms = ['patroni', 'postgres'] as const satisfies readonly LoggedProgram[]

/** Its name as people write it. */
export const programNames = { patroni: 'Patroni', postgres: 'PostgreSQL' } as const satisfies Record<
  LoggedProgram,
  string
>

/** What a program wrote to its log at one moment, continuation lines joined, without secrets and without queries. */
export interface LogLine {
  at: Date
  /** The program's own word: `WARNING`, `FATAL`, ... */
  level: string
  text: string
  /** How often the same was written within that minute. */
  times: number
}

/** A line of a log with where it was written. */
export interface NodeLogLine extends LogLine {
  node: string
  program: LoggedProgram
}

/** How far one log has been read for an incident. */
export interface LogSource {
  node: string
  program: LoggedProgram
  /** Time of the last line that was read, by the node's clock; null = none was. */
  readTo: Date | null
  /** When it was last read, by the console's clock; null = never yet. */
  seenAt: Date | null
  /** Why it could not be read the last time, a sentence; null = it could. */
  problem: string | null
  /** Lines that were not kept, being too many. */
  leftOut: number
  /** Part of it was too long to be read. */
  isCut: boolean
}

/** What the logs of a cluster's nodes said around an incident, the lines in the order of time. */
export interface IncidentLogs {
  lines: readonly NodeLogLine[]
  sources: readonly LogSource[]
}

/** How many lines an incident keeps: of more, the first and the last. */
export const keptLines = { first: 200, last: 300 } as const
