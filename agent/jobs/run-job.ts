import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { conclude } from '#agent/verbs/conclude.ts'
import { readResultLine, type ResultLine } from '#agent/verbs/result-line.ts'
import { setTimeout as wait } from 'node:timers/promises'
import { isCode, readIfThere, writeDurable, writeOnce, writeWhole } from '#agent/durable.ts'
import { type Ending, followProgram } from './follow-program.ts'
import type { EndFile, JobFile } from './job-files.ts'
import { parts } from './job-parts.ts'
import { keptLines, OutputLog } from './output-log.ts'
import { identityOf } from './process-identity.ts'
import { scrub } from './scrub.ts'

/**
 * `matriarch-agent job`: waits to be told of a folder on standard input, and then does as `job FOLDER`. Where the agent ends before it
 * tells of one, nothing is done. Resolves with its exit code.
 */
export async function runJobToCome(graceMs?: number): Promise<number> {
  const folder = readFileSync(0, 'utf8')
  return folder === '' ? 0 : runJob(folder, graceMs)
}

/**
 * `matriarch-agent job FOLDER`: runs one journaled job to its end and writes down how it ended. It has a session of its own, so
 * that nothing that happens to the agent happens to it. Resolves with its exit code.
 */
export async function runJob(folder: string, graceMs?: number): Promise<number> {
  const cancelled = new AbortController()
  process.on('SIGTERM', () => cancelled.abort())
  process.on('SIGHUP', () => {})
  const job = await readJob(folder)
  const runner = identityOf(process.pid)
  if (job === null || runner === null) return 1
  const claim = JSON.stringify({ by: 'runner', runner, at: new Date().toISOString() })
  if (!(await writeOnce(join(folder, parts.claim), claim))) return 1

  const log = new OutputLog(folder)
  const results: ResultLine[] = []
  let named: Promise<void> = Promise.resolve()
  const ending = await followProgram({
    job,
    cancelled: cancelled.signal,
    onLine: (line) => {
      const result = readResultLine(line)
      if (result === null) log.append(scrub(line))
      else results.push(result)
    },
    onStart: (pid) => {
      // Without it the program cannot be found again, but it is no reason to end it. After a power cut it names nobody: the disk is not waited for.
      named = writeWhole(join(folder, parts.program), JSON.stringify(identityOf(pid))).catch(() => {})
    },
    ...(graceMs === undefined ? {} : { graceMs }),
  }).catch((error: unknown): Ending => ({ exitCode: null, signal: null, stopped: null, unstarted: String(error) }))
  log.close()
  await named
  const end = endOf(job, ending, results.at(-1) ?? null, await keptLines(folder))
  await writeInTheEnd(join(folder, parts.end), JSON.stringify(end))
  return 0
}

/**
 * What the agent has journaled, as it did: by a schema it checked before, and to load what checks by schemas takes longer than the rest of a short job.
 */
async function readJob(folder: string): Promise<JobFile | null> {
  const text = await readIfThere(join(folder, parts.job))
  return text === null ? null : JSON.parse(text)
}

const retryMs = 2_000

/** Writes a file as soon as it can be: a job whose end was not written would be taken for lost. */
async function writeInTheEnd(path: string, text: string): Promise<void> {
  for (;;) {
    try {
      return await writeDurable(path, text)
    } catch (error) {
      // Nobody asks any more for a job whose folder is gone.
      if (isCode(error, 'ENOENT')) throw error
    }
    await wait(retryMs)
  }
}

function endOf(job: JobFile, ending: Ending, handedBack: ResultLine | null, lines: string[]): EndFile {
  const { exitCode, signal, stopped, unstarted } = ending
  const base = { exitCode, signal, at: new Date().toISOString() }
  if (unstarted !== null) {
    const problem = `The program of "${job.verb}" could not be started: ${unstarted}. See that it is installed where agent.toml says.`
    return { ...base, state: 'failed', result: null, problem }
  }
  const { result, problem } = conclude(job.verb, { exitCode, signal, lines, handedBack })
  if (problem === null) return { ...base, state: 'succeeded', result, problem }
  if (stopped === 'cancelled') {
    return { ...base, state: 'cancelled', result, problem: 'It was ended because it was asked to.' }
  }
  if (stopped === 'deadline') {
    const minutes = Math.ceil(job.deadlineMs / 60_000)
    return { ...base, state: 'failed', result, problem: `It was ended because it took longer than ${minutes} minutes.` }
  }
  return { ...base, state: 'failed', result, problem }
}
