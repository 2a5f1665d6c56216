import type { PgbackrestFailure } from '#domain/backup/pgbackrest-failure.ts'
import { errorAdvice } from './error-advice.ts'
import { errorNames } from './error-names.ts'
import { cleanLines } from './text-lines.ts'

/**
 * Why a command failed, by its exit code and all it wrote: the first `ERROR: [NNN]: text` names the cause, a later one may only
 * count them. From 2.53 on errors go to standard output unless --log-level-stderr says otherwise, so give both.
 */
export function parseFailure(exitCode: number, output: string): PgbackrestFailure {
  const said = firstError(output)
  const code = said?.code ?? exitCode
  const name = errorNames.get(code) ?? 'unknown'
  if (code === 50) return { code, name, ...someoneElse }
  const known = errorAdvice.get(code)
  const text = said === null ? withoutWords(code, name) : `pgBackRest says: ${said.text}`
  return {
    code,
    name,
    sentence: known?.sentence ?? text,
    advice: known?.advice ?? 'Look at the log of pgBackRest on that machine.',
    isSomeoneElse: false,
  }
}

/** The lock is an flock: it goes with its process, so a lock file that lies about blocks nobody (common/lock.c). */
const someoneElse = {
  sentence: 'Someone else is doing it: another backup, expire or restore of this stanza runs on that machine.',
  advice: 'Wait for it to end, then try again. Do not remove lock files: they block nothing by themselves.',
  isSomeoneElse: true,
}

/** Exit codes above 125 are the shell's: not executable, not found, ended by a signal. */
function withoutWords(code: number, name: string): string {
  if (code === 126) return 'pgbackrest is there, but may not be executed.'
  if (code === 127) return 'pgbackrest is not installed there.'
  if (code > 128) return `pgbackrest was ended by signal ${code - 128}.`
  return `pgbackrest ended with code ${code} (${name}) and said nothing.`
}

function firstError(output: string): { code: number; text: string } | null {
  const match = /\bERROR: \[(\d{3})\]: ([^\n]*)((?:\n {2,}[^\n]*)*)/.exec(output.slice(0, 1_000_000))
  if (match === null) return null
  const [, code, head = '', more = ''] = match
  const lines = cleanLines(`${head}${more}`)
    .split('\n')
    .map((line) => line.trim())
  const text = lines
    .filter((line) => !line.startsWith('HINT: '))
    .slice(0, 2)
    .join(' ')
  return { code: Number(code), text: `${text.replace(/^\[DRY-RUN\] /, '').replace(/[.:\s]+$/, '')}.` }
}
