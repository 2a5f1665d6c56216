import { readVerify, verifyProblem } from './read-verify.ts'
import type { ResultLine } from './result-line.ts'

/** What a program left behind when it ended. */
export interface Remains {
  exitCode: number | null
  signal: string | null
  lines: readonly string[]
  /** The result line, where the verb has one. */
  handedBack: ResultLine | null
}

export interface Conclusion {
  result: unknown
  /** One sentence; null when the verb did what it is for. */
  problem: string | null
}

/** Makes of a program's output what its verb was asked for; a program that ends well may still have found something bad. */
export function conclude(verb: string, remains: Remains): Conclusion {
  const { handedBack, lines } = remains
  if (handedBack !== null && 'refused' in handedBack) return { result: null, problem: handedBack.refused.sentence }
  const problem = problemOf(verb, remains)
  if (handedBack !== null) return { result: handedBack.result, problem }
  switch (verb) {
    case 'pgbackrest-backup':
      return { result: { label: lastMatch(lines, /\bnew backup label = (\S+)/) }, problem }
    case 'pgbackrest-expire':
      return {
        result: {
          backups: [...new Set(allMatches(lines, expired).flatMap(labelsIn))],
          archives: allMatches(lines, removed),
        },
        problem,
      }
    case 'pgbackrest-verify':
      return concludeVerify(lines, problem)
    case 'pgbackrest-restore': {
      const files = lastMatch(lines, /\brestore size = \S+, file total = (\d+)/)
      const result = {
        set: lastMatch(lines, /\brestore backup set (\S+?),/),
        size: lastMatch(lines, /\brestore size = ([^,\s]+)/),
        files: files === null ? null : Number(files),
      }
      return { result, problem }
    }
    default:
      return { result: null, problem }
  }
}

// Retention by time names its sets otherwise; what is removed is named one by one in every case.
const expired = /\b(?:expire (?:[\w-]+ )?backup (?:set )?|remove expired backup )(.+)$/
const removed = /\b(repo\d+: \S+ remove archive, .+)$/

function concludeVerify(lines: readonly string[], problem: string | null): Conclusion {
  const result = readVerify(lines)
  if (problem !== null) return { result, problem }
  if (result === null) return { result, problem: 'verify ended without saying what it found: read its output.' }
  return { result, problem: result.isSound ? null : verifyProblem(result) }
}

function problemOf(verb: string, { exitCode, signal, lines }: Remains): string | null {
  if (exitCode === 0) return null
  const how = signal === null ? `with exit code ${exitCode}` : `by signal ${signal}`
  const words = saidLast(lines)
  return words === null ? `"${verb}" ended ${how} and said nothing.` : `"${verb}" ended ${how}: ${words}`
}

/** The program's own words on what went wrong: its last error with the hints that follow it, else its last line. */
function saidLast(lines: readonly string[]): string | null {
  const at = lines.findLastIndex((line) => /\bERROR:|\bFATAL:|\berror:/.test(line))
  const told = at < 0 ? lines.slice(-1) : [lines[at] ?? '', ...hintsAfter(lines, at)]
  const text = told.map((line) => line.replace(/^\d{4}-\d{2}-\d{2} \S+ P\d+\s+/, '').trim()).join(' ')
  return text === '' ? null : text.slice(0, 600)
}

function hintsAfter(lines: readonly string[], at: number): string[] {
  const after = lines.slice(at + 1, at + 4)
  const end = after.findIndex((line) => !/^\s+\S/.test(line))
  return end < 0 ? after : after.slice(0, end)
}

function lastMatch(lines: readonly string[], form: RegExp): string | null {
  const line = lines.findLast((one) => form.test(one))
  return line === undefined ? null : (form.exec(line)?.[1] ?? null)
}

function allMatches(lines: readonly string[], form: RegExp): string[] {
  return lines.flatMap((line) => form.exec(line)?.[1] ?? [])
}

function labelsIn(text: string): string[] {
  return text.match(/\d{8}-\d{6}F(?:_\d{8}-\d{6}[DI])?/g) ?? []
}
