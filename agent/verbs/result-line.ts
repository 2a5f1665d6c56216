import { type RefusalCode, refusalCodes } from '#agent/protocol/refusal-codes.ts'

/** How a verb that runs as another user hands its result back: a last line of its output that no person needs to read. */
export type ResultLine = { result: unknown } | { refused: { code: RefusalCode; sentence: string } }

/** Writes the line. */
export function writeResultLine(line: ResultLine): string {
  return `${mark}${JSON.stringify(line)}`
}

/** Reads a line of output; null for one that is no result. */
export function readResultLine(text: string): ResultLine | null {
  if (!text.startsWith(mark)) return null
  try {
    return lineOf(JSON.parse(text.slice(mark.length)))
  } catch {
    return null
  }
}

// By hand: every job's process reads such a line, and what checks by schemas takes longer to load than a short job.
function lineOf(value: unknown): ResultLine | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  if (!('refused' in value)) return { result: 'result' in value ? value.result : null }
  const { refused } = value
  if (typeof refused !== 'object' || refused === null || !('code' in refused) || !('sentence' in refused)) return null
  const code = refusalCodes.find((known) => known === refused.code)
  return code === undefined || typeof refused.sentence !== 'string'
    ? null
    : { refused: { code, sentence: refused.sentence } }
}

const mark = 'matriarch-result '
