import { logWindow } from '#agent/protocol/results.ts'
import type { LoggedProgram, LogLine } from '#domain/logs/log-line.ts'
import { unbound } from './call.ts'
import { callVerb } from './call-verb.ts'
import type { AskedAgent } from './pgbackrest.ts'
import { AgentRefusal } from './refusal.ts'

/** What of a stretch of a log tells of a failure, in the order of time. */
export interface ReadLog {
  lines: LogLine[]
  /** Time of the last line that was read, by the node's clock; null = none. */
  readTo: Date | null
  leftOut: number
  isCut: boolean
  /** A sentence that says why nothing could be made of it; null = it was understood. */
  problem: string | null
}

/** Most lines of one look. */
const mostLines = 300
/** Characters, whatever an agent says. */
const longestText = 2_500

/** Reads a window of a program's log on a node; null where its agent is too old to tell logs by time. Throws AppError. */
export async function readLog(
  { agent, key, signal }: AskedAgent,
  { program, from, to }: { program: LoggedProgram; from: Date; to: Date },
): Promise<ReadLog | null> {
  const window = { from: from.toISOString(), to: to.toISOString() }
  const args = { log: program, lines: mostLines, window }
  try {
    const told = await callVerb(
      { agent, key, verb: 'log-tail', args, binding: unbound, now: new Date(), signal },
      logWindow,
    )
    return {
      lines: told.entries.slice(0, mostLines).map(({ at, level, text, times }) => ({
        at: new Date(at),
        level: kept(level, 20),
        text: kept(text, longestText),
        times: Math.min(times, 1_000_000),
      })),
      readTo: told.lastAt === null ? null : new Date(told.lastAt),
      leftOut: Math.min(told.leftOut, 1_000_000),
      isCut: told.isCut,
      problem: told.isUnderstood
        ? null
        : `The lines of ${kept(told.file, 300)} on ${agent.node} have no time and level that the console can read.`,
    }
  } catch (error) {
    if (error instanceof AgentRefusal && error.refusal === 'bad-arguments') return null
    throw error
  }
}

/** As much of it as the store keeps: without what it does not take, lines and tabs as they are. */
function kept(text: string, most: number): string {
  return Buffer.from(text.slice(0, most).replaceAll(/[^\P{Cc}\n\t]/gu, '\uFFFD')).toString()
}
