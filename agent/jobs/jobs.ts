import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { JobState } from '#agent/protocol/job.ts'
import { RefusedError } from '#agent/refused-error.ts'
import { cancelJob } from './cancel-job.ts'
import { EndWatch } from './end-watch.ts'
import { howJobStands, isOpen, type Standing } from './how-job-stands.ts'
import type { JobFile } from './job-files.ts'
import { readOutput } from './output-log.ts'
import { bootId } from './process-identity.ts'
import { pruneJobs } from './prune-jobs.ts'
import { Runners } from './runners.ts'
import { journal } from './start-job.ts'

/** What is to be begun. */
export interface Wanted {
  operation: string
  step: string
  verb: string
  args: unknown
  deadlineMs: number
  program: JobFile['program']
  input: string | null
}

export interface Jobs {
  /** Begins a job, or finds it begun: one operation's step is carried out once. */
  begin: (wanted: Wanted) => Promise<JobState>
  /** Answers as soon as it has ended or has more to say than one answer holds, soon where it said more than `from` lines, else after a second. */
  state: (operation: string, step: string, from: number) => Promise<JobState>
  cancel: (operation: string, step: string) => Promise<JobState>
  running: () => { operation: string; step: string; verb: string }[]
  /** Stops looking after jobs; they themselves go on. */
  close: () => Promise<void>
}

export interface JobsSetting {
  /** Holds a folder for each job. */
  folder: string
  /** How this program is called. */
  ownProgram: readonly string[]
  environment: Record<string, string>
  /** True when two verbs cannot run on a node at once. */
  isConflict: (one: string, other: string) => boolean
  /** Told of each job that is found ended, once by this process: when it ends, and on opening of all that ended before. */
  onEnded?: (folder: string, standing: Standing) => void
}

/** Opens the jobs on disk: those that an earlier agent began are found running, ended or lost. */
export async function openJobs(setting: JobsSetting): Promise<Jobs> {
  const { folder } = setting
  await mkdir(folder, { recursive: true, mode: 0o700 })
  /** Folders of jobs that had not ended when last looked at. */
  const open = new Map<string, Standing>()
  const runners = new Runners(setting)
  let turn: Promise<unknown> = Promise.resolve()
  let prunedAt = 0
  let looking: NodeJS.Timeout | null = null
  let isOpening = true

  const look = async (name: string, patienceMs?: number): Promise<Standing | null> => {
    const standing = await howJobStands(join(folder, name), new Date(), patienceMs)
    if (standing !== null && isOpen(standing)) open.set(name, standing)
    else if ((open.delete(name) || isOpening) && standing !== null) setting.onEnded?.(join(folder, name), standing)
    if (open.size > 0) looking ??= setInterval(() => void refresh().catch(() => {}), 1_000).unref()
    else rest()
    return standing
  }
  const refresh = async () => {
    for (const name of open.keys()) await look(name)
  }
  // Where no job is open nothing wakes the agent: once a second, that alone would be most of what one at rest does.
  const rest = () => {
    if (looking !== null) clearInterval(looking)
    looking = null
  }
  const told = async (name: string, standing: Standing, from: number): Promise<JobState> => {
    const { job, end } = standing
    return {
      operation: job.operation,
      step: job.step,
      verb: job.verb,
      state: standing.state,
      startedAt: standing.startedAt,
      endedAt: standing.endedAt,
      exitCode: end?.exitCode ?? null,
      signal: end?.signal ?? null,
      result: end?.result ?? null,
      problem: standing.problem,
      output: await readOutput(join(folder, name), from),
    }
  }
  const find = async (operation: string, step: string): Promise<[string, Standing]> => {
    const name = nameOf(operation, step)
    const standing = await look(name)
    if (standing !== null) return [name, standing]
    throw new RefusedError('not-found', `This agent knows no job for step "${step}" of operation ${operation}.`)
  }
  // Held back for a moment while there is nothing new: who asks at once for the next answer learns of the end when it comes, and needs no
  // handshake for each time it did not.
  const soon = async (operation: string, step: string, from: number): Promise<JobState> => {
    const askedAt = performance.now()
    const watch = new EndWatch(join(folder, nameOf(operation, step)))
    try {
      for (let looks = 0; ; looks++) {
        const [name, standing] = await find(operation, step)
        const waitedMs = performance.now() - askedAt
        const isDue = !isOpen(standing) || waitedMs > heldBackMs
        // What it says is read only where it may be told: at first, for there may be more than one answer holds, and when it was gathered for long enough.
        if (isDue || looks === 0 || waitedMs > outputHeldBackMs) {
          const state = await told(name, standing, from)
          const { lines, total, ...output } = state.output
          const isFull = total > output.from + lines.length
          if (isDue || isFull || (total > from && waitedMs > outputHeldBackMs)) return state
        }
        await watch.seenWithin(watch.isOn ? 200 : 20 + waitedMs / 10)
      }
    } finally {
      watch.close()
    }
  }
  const pruneAll = async () => {
    prunedAt = performance.now()
    await pruneJobs(folder, new Date())
  }
  const begin = async (wanted: Wanted): Promise<JobState> => {
    const name = nameOf(wanted.operation, wanted.step)
    const before = await look(name)
    if (before !== null) {
      requireSame(before.job, wanted)
      return told(name, before, 0)
    }
    await refresh()
    for (const { job } of open.values()) requireNoConflict(job, wanted, setting.isConflict)
    if (performance.now() - prunedAt > pruneEveryMs) await pruneAll()
    await journal(join(folder, name), { ...wanted, acceptedAt: new Date().toISOString(), bootId: bootId() })
    runners.start(join(folder, name))
    const begun = await look(name)
    if (begun === null) throw new RefusedError('failed', `The job's folder ${join(folder, name)} cannot be read again.`)
    return told(name, begun, 0)
  }

  // One that cannot be read is told of when it is asked for; the others must not suffer from it.
  for (const name of await readdir(folder)) await look(name, 0).catch(() => {})
  isOpening = false
  await pruneAll()
  return {
    begin: (wanted) => {
      const begun = turn.then(() => begin(wanted))
      turn = begun.catch(() => {})
      return begun
    },
    state: soon,
    cancel: async (operation, step) => {
      const [name, standing] = await find(operation, step)
      await cancelJob(join(folder, name), standing)
      return told(...(await find(operation, step)), 0)
    },
    running: () => [...open.values()].map(({ job: { operation, step, verb } }) => ({ operation, step, verb })),
    close: async () => {
      await turn
      rest()
      runners.close()
    },
  }
}

/** To read how each of a month's jobs stands takes longer than most jobs. */
const pruneEveryMs = 3_600_000
/** Well below the time in which a caller wants its answer. */
const heldBackMs = 1_000
/** What a job says is for people to read: told line by line, it would cost those who wait for its end. */
const outputHeldBackMs = 500

/** Any text is a step; none of them leads out of the folder. */
function nameOf(operation: string, step: string): string {
  if (!/^[0-9a-f-]{36}$/i.test(operation) || step === '' || step.length > 63) {
    throw new RefusedError(
      'bad-request',
      'A job belongs to a step of an operation: name both, the step in at most 63 characters.',
    )
  }
  return `${operation.toLowerCase()}.${encodeURIComponent(step)}`
}

function requireSame(job: JobFile, wanted: Wanted): void {
  const args: unknown = JSON.parse(JSON.stringify(wanted.args))
  if (job.verb === wanted.verb && isDeepStrictEqual(job.args, args)) return
  const sentence = `Step "${wanted.step}" of operation ${wanted.operation} was begun as "${job.verb}", with other arguments than those of "${wanted.verb}" now: a step does one thing, ask under another step.`
  throw new RefusedError('conflict', sentence)
}

function requireNoConflict(job: JobFile, wanted: Wanted, isConflict: JobsSetting['isConflict']): void {
  if (!isConflict(job.verb, wanted.verb)) return
  const sentence = `"${job.verb}" of operation ${job.operation} runs on this node, and "${wanted.verb}" cannot run beside it: wait for its end or cancel it.`
  throw new RefusedError('busy', sentence)
}
