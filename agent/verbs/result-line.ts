import { z } from 'zod'
import { refusalCodes } from '#agent/protocol/refusal.ts'

/** How a verb that runs as another user hands its result back: a last line of its output that no person needs to read. */
export const resultLine = z.union([
  z.object({ result: z.unknown() }),
  z.object({ refused: z.object({ code: z.enum(refusalCodes), sentence: z.string() }) }),
])

export type ResultLine = z.output<typeof resultLine>

/** Writes the line. */
export function writeResultLine(line: ResultLine): string {
  return `${mark}${JSON.stringify(line)}`
}

/** Reads a line of output; null for one that is no result. */
export function readResultLine(text: string): ResultLine | null {
  if (!text.startsWith(mark)) return null
  try {
    return resultLine.parse(JSON.parse(text.slice(mark.length)))
  } catch {
    return null
  }
}

const mark = 'matriarch-result '
