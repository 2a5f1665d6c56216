import type { z } from 'zod'
import type { logWindow } from '#agent/protocol/results.ts'
import type { LoggedProgram } from '#domain/logs/log-line.ts'
import { boundEntries } from './bound-entries.ts'
import type { LogWindow } from './join-lines.ts'
import type { LogBytes } from './log-bytes.ts'
import { rotatedFiles, withLog } from './log-files.ts'
import type { LogForm } from './log-form.ts'
import { patroniForm } from './patroni-form.ts'
import { postgresForm } from './postgres-form.ts'
import { firstStamp, lookAtEnd, readWindow } from './read-window.ts'
import { clockOf, machineInstant, type LogClock } from './stamp.ts'

/** What is told of a stretch of a log. */
export type ToldWindow = z.output<typeof logWindow>

const forms: Record<LoggedProgram, LogForm> = { patroni: patroniForm, postgres: postgresForm }

/**
 * What of a program's log tells of a failure in a window, from the files before it as well where it begins later than the window. Throws
 * RefusedError where the log cannot be read.
 */
export function tellWindow(
  file: string,
  program: LoggedProgram,
  { from, to, lines }: { from: Date; to: Date; lines: number },
): Promise<ToldWindow> {
  const form = forms[program]
  const window = { fromMs: from.getTime(), toMs: to.getTime() }
  return withLog(file, async (log) => {
    const end = await lookAtEnd(log, form)
    const known = { form, clock: clockOf(end.last, log.changedAtMs, machineInstant), window }
    const read = await readFile(log, known)
    const isLate = read.beginsMs === null || read.beginsMs > window.fromMs
    const before = isLate ? await readBefore(await rotatedFiles(file, window.fromMs), known) : []
    const isUnderstood = log.size === 0 || end.isUnderstood || read.isUnderstood
    return { file, isUnderstood, ...told([...before, read], lines) }
  })
}

interface Known {
  form: LogForm
  clock: LogClock
  window: LogWindow
}

async function readFile(log: LogBytes, known: Known) {
  const first = await firstStamp(log, known.form)
  return { ...(await readWindow(log, known)), beginsMs: first && known.clock(first) }
}

type ReadFile = Awaited<ReturnType<typeof readFile>>

/** The files before it, the oldest first; one that is gone by then, or no longer to be read, is passed over. */
async function readBefore(files: readonly string[], known: Known): Promise<ReadFile[]> {
  const read: ReadFile[] = []
  for (const file of files.toReversed()) {
    const one = await withLog(file, (log) => readFile(log, known)).catch(() => null)
    if (one !== null) read.push(one)
  }
  return read
}

function told(files: readonly ReadFile[], lines: number): Omit<ToldWindow, 'file' | 'isUnderstood'> {
  const { entries, leftOut } = boundEntries(
    files.flatMap((one) => one.entries),
    lines,
  )
  const lasts = files.flatMap(({ lastMs }) => lastMs ?? [])
  return {
    entries: entries.map(({ atMs, ...entry }) => ({ at: instant(atMs), ...entry })),
    leftOut,
    isCut: files.some(({ isCut }) => isCut),
    lastAt: lasts.length === 0 ? null : instant(Math.max(...lasts)),
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}
