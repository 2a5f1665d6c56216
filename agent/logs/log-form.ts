import type { Stamp } from './stamp.ts'

/** The first line of something that was logged. */
export interface LineStart {
  stamp: Stamp
  /** Null where it is of another program, or in a form that is not understood. */
  level: string | null
  message: string
}

/** One thing that was logged, continuation lines joined. */
export interface LogEntry {
  /** Ms since 1970. */
  atMs: number
  level: string
  text: string
}

/** How one program writes its log, and what of it tells of a failure. */
export interface LogForm {
  /** Null = the line goes on with what is above it, or is nothing. */
  begin(line: string): LineStart | null
  /** What a line that begins nothing adds to what is above it; null = nothing. */
  goesOn(line: string): string | null
  /** A new judge for each stretch of a log, since a line may matter because of those before it. */
  judge(): (level: string, message: string) => boolean
}
