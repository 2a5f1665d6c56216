import { join } from 'node:path'
import type { JobState } from '#agent/protocol/job.ts'
import { writeOnce } from '#agent/durable.ts'
import { claimFile, type EndFile, endFile, type JobFile, jobFile, processIdentity, readPart } from './job-files.ts'
import { parts } from './job-parts.ts'
import { bootId, isAlive, type ProcessIdentity } from './process-identity.ts'

/** A job as its folder tells of it. */
export interface Standing {
  job: JobFile
  state: JobState['state']
  startedAt: string | null
  end: EndFile | null
  endedAt: string | null
  problem: string | null
  /** What of it lives; null where nothing does. */
  runner: ProcessIdentity | null
  program: ProcessIdentity | null
}

/**
 * Reads how a job stands. One whose runner has not come by `patienceMs` after it was accepted, or that was accepted before the
 * machine's present boot, is given up for good: nobody can begin it after that.
 */
export async function howJobStands(folder: string, now: Date, patienceMs = 30_000): Promise<Standing | null> {
  const job = await readPart(folder, 'job', jobFile)
  if (job === null) return null
  const blank = { job, startedAt: null, end: null, endedAt: null, problem: null, runner: null, program: null }
  const waitedMs = now.getTime() - Date.parse(job.acceptedAt)
  let claim = await readPart(folder, 'claim', claimFile)
  if (claim === null && (job.bootId !== bootId() || waitedMs >= patienceMs)) {
    await giveUp(folder, 'lost', neverBegun)
    claim = await readPart(folder, 'claim', claimFile)
  }
  if (claim === null) return { ...blank, state: 'accepted' }
  if (claim.by === 'nobody') return { ...blank, state: claim.state, endedAt: claim.at, problem: claim.problem }

  const isRunning = isAlive(claim.runner)
  // Of an earlier boot nothing lives, and what was not on the disk yet may be there without its text.
  const isOfBoot = claim.runner.bootId === bootId()
  const program = isOfBoot ? await readPart(folder, 'program', processIdentity.nullable()) : null
  const isWorking = program !== null && isAlive(program)
  // Read after looking whether the runner lives: it writes this before it ends.
  const end = await readPart(folder, 'end', endFile)
  const begun = { ...blank, startedAt: claim.at, end }
  if (end !== null) return { ...begun, state: end.state, endedAt: end.at, problem: end.problem }
  if (isRunning || isWorking) {
    const problem = isRunning ? null : 'What watches over this job was killed; how it ends will not be known.'
    return {
      ...begun,
      state: 'running',
      problem,
      runner: isRunning ? claim.runner : null,
      program: isWorking ? program : null,
    }
  }
  const why = isOfBoot ? 'What ran this job was killed' : 'The machine was started anew'
  return { ...begun, state: 'lost', problem: `${why} before the job ended: see on the node how far it came.` }
}

/** Takes an unbegun job for nobody; false when its runner was quicker. */
export function giveUp(folder: string, state: 'lost' | 'cancelled' | 'failed', problem: string): Promise<boolean> {
  const claim = { by: 'nobody', state, problem, at: new Date().toISOString() }
  return writeOnce(join(folder, parts.claim), JSON.stringify(claim))
}

const neverBegun = 'The agent was ended before this job began: nothing was done. It can be asked for again.'

/** True for a job that has not ended. */
export function isOpen({ state }: Standing): boolean {
  return state === 'accepted' || state === 'running'
}
